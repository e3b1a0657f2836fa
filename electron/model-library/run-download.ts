import { basename } from 'node:path';
import type { Download } from '../../shared/downloads.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import { inGigabytes } from '../classifier/gguf/check-gguf-file.ts';
import { createHostCalls, type StartHost } from '../classifier/gguf/host-calls.ts';
import { type DownloadProgress, downloadedSchema } from './download-model.ts';
import type { DownloadRecord } from './download-records.ts';
import type { ModelFiles } from './model-files.ts';
import { noRoomWords, spareBytes } from './room-on-disk.ts';

export interface RunDownloadDeps {
  /** DATA/models, where a model goes that is complete. */
  folder: string;
  /** The download's own folder, for what has come so far. */
  place: string;
  startHost: StartHost;
  /** Free bytes of the disk that `folder` is on; null where that cannot be told. */
  freeBytes(folder: string): Promise<number | null>;
  files: Pick<ModelFiles, 'makeFolder' | 'deletePlace' | 'accept'>;
  /** Whose hub `hf:` addresses mean; null: Hugging Face's. */
  hub: string | null;
  /** Aborted by a person or the end of the program; what has come stays. */
  signal: AbortSignal;
  onProgress(progress: Partial<Omit<Download, 'id' | 'uri'>>): void;
  /** The record has changed in what must outlive the program. */
  remember(): void;
  /** Called when the model is complete, checked and in its place. */
  onDone(path: string): void;
}

/** What came is not what was asked for; it is deleted by then. */
const otherDigest = new AppError(
  'bad_response',
  'What came is not what was asked for: its SHA-256 is another one. It was deleted; start again, or choose another source.',
);

/** Milliseconds for a process to note what has come before it is ended. */
const abortPatienceMs = 10_000;

/**
 * Brings one download to its end, from where its record says that it stopped; the record is kept up to date. Gives what was
 * checked, in words. Rejects with AppError, and with the signal's reason.
 */
export async function runDownload(record: DownloadRecord, deps: RunDownloadDeps): Promise<string> {
  const wasTorn = record.isTorn;
  // Only a digest tells what is missing in it.
  if (wasTorn && record.sha256 === null) await deps.files.deletePlace(deps.place);
  try {
    return await attempt(record, deps);
  } catch (thrown) {
    if (!wasTorn || thrown !== otherDigest) throw thrown;
    return attempt(record, deps);
  }
}

/** One attempt, in a process of its own. */
async function attempt(record: DownloadRecord, deps: RunDownloadDeps): Promise<string> {
  const { folder, place, signal, onProgress } = deps;
  await deps.files.makeFolder(place);
  const host = deps.startHost();
  // Not before: where no process began, nothing was torn.
  record.isTorn = true;
  deps.remember();
  const calls = createHostCalls(host);
  let isOurs = false;
  const ended = new Promise<void>((resolve) => {
    host.onExit(() => {
      record.isTorn = !isOurs;
      calls.fail(new AppError('unavailable', 'The download ended unexpectedly. Resume it.'));
      resolve();
    });
  });
  // It ends by itself, unless it writes to a share that hangs.
  const killLate = () => setTimeout(() => host.kill(), abortPatienceMs).unref();
  signal.addEventListener('abort', killLate, { once: true });
  const noSpace = new AbortController();
  let isLost = false;

  function progressed({ found, trouble }: DownloadProgress): void {
    if (found === null) {
      onProgress({ message: trouble });
      return;
    }
    const { name, doneBytes, totalBytes } = found;
    const isNews = record.totalBytes !== totalBytes || record.name !== name;
    Object.assign(record, { name, doneBytes, totalBytes });
    if (isNews) deps.remember();
    const isComplete = totalBytes > 0 && doneBytes >= totalBytes;
    onProgress({ ...found, message: trouble, state: isComplete ? 'checking' : 'running' });
    // A server may not have said how much there is.
    void demandRoom(Math.max(0, totalBytes - doneBytes), deps).catch((thrown) => noSpace.abort(thrown));
  }

  try {
    const came = await calls.call('download', [record.uri, place, record.totalBytes, deps.hub], {
      signal: AbortSignal.any([signal, noSpace.signal]),
      onEvent: (event) => progressed(event as DownloadProgress),
    });
    const downloaded = downloadedSchema.parse(came);
    onProgress({ state: 'checking', doneBytes: downloaded.bytes, totalBytes: downloaded.bytes, message: null });
    const accepted = await deps.files.accept(folder, { downloaded, sha256: record.sha256, place });
    if (accepted === null) throw otherDigest;
    record.name = basename(accepted.path);
    deps.onDone(accepted.path);
    return accepted.checked;
  } catch (thrown) {
    // Nobody can go on with a file of unknown length, and it holds the room that is missing.
    if (toAppError(thrown).code === 'storage_failed' && !record.totalBytes) isLost = true;
    throw thrown;
  } finally {
    isOurs = true;
    signal.removeEventListener('abort', killLate);
    host.kill();
    await ended;
    if (isLost) await deps.files.deletePlace(place);
  }
}

/** Throws `storage_failed` where the disk lacks the room for these bytes. */
async function demandRoom(missing: number, { freeBytes, folder }: RunDownloadDeps): Promise<void> {
  const free = await freeBytes(folder);
  if (free === null || free >= missing + spareBytes) return;
  const message =
    missing === 0
      ? noRoomWords(free)
      : `There is not enough room: ${inGigabytes(missing)} are still to come, and the disk has ${inGigabytes(free)} free. Free some space, then resume.`;
  throw new AppError('storage_failed', message);
}
