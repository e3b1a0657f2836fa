import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import curated from '../../models/curated.json' with { type: 'json' };
import { curatedModelSchema, type Download, type DownloadsView } from '../../shared/downloads.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import { inGigabytes } from '../classifier/gguf/check-gguf-file.ts';
import { createHostCalls, type StartHost } from '../classifier/gguf/host-calls.ts';
import { readGgufHeader } from '../classifier/gguf/read-gguf-header.ts';
import type { Downloaded, DownloadProgress } from './download-model.ts';
import { type DownloadRecord, readRecords, writeRecords } from './download-records.ts';
import { checkModelAddress, modelOrigin } from './model-address.ts';
import { noRoomWords, spareBytes } from './room-on-disk.ts';

const curatedModels = z.array(curatedModelSchema).parse(curated);
/** Where the models that the program offers come from. */
export const curatedOrigins: readonly string[] = [...new Set(curatedModels.map(({ uri }) => modelOrigin(uri)))];

export interface DownloadsDeps {
  /** DATA/models. What is not complete lies in its folder `.downloads`, where no model is looked for. */
  folder: string;
  /** Where unfinished downloads are remembered. */
  recordFile: string;
  startHost: StartHost;
  /** Free bytes of the disk that `folder` is on; null where that cannot be told. */
  freeBytes(folder: string): Promise<number | null>;
  onChange(): void;
  /** Called when a model is complete, checked and in its place. */
  onDone(path: string): void;
  /** Whose hub `hf:` addresses mean; null: Hugging Face's. Tests have one of their own. */
  hub?: string | null;
}

export interface Downloads {
  read(): Promise<DownloadsView>;
  /** Begins a download at once. Throws `invalid_input` for what is no address of a model. */
  start(uri: string, sha256: string | null): void;
  /** Stops it; what has come stays. Nothing happens where it does not run. */
  pause(id: string): Promise<void>;
  resume(id: string): void;
  /** Deletes what has come of it. */
  discard(id: string): Promise<void>;
  /** Pauses all, for the end of the program. */
  stop(): Promise<void>;
}

interface Job {
  record: DownloadRecord;
  view: Omit<Download, 'id' | 'uri'>;
  stop: AbortController | null;
  /** Promise that settles when its process has ended. Never rejects. */
  work: Promise<void>;
}

/** Downloads of models: each in a process of its own, resumable also after a restart, checked before it is offered. */
export function createDownloads(deps: DownloadsDeps): Downloads {
  const { folder, recordFile, startHost, onChange } = deps;
  const jobs = new Map<string, Job>();
  for (const record of readRecords(recordFile)) {
    const view = {
      name: record.name,
      state: 'paused' as const,
      doneBytes: record.doneBytes,
      totalBytes: record.totalBytes,
    };
    add(record, { ...view, bytesPerSecond: null, message: 'The program was closed meanwhile.' });
  }

  function add(record: DownloadRecord, view: Job['view']): Job {
    const job: Job = { record, view, stop: null, work: Promise.resolve() };
    jobs.set(record.id, job);
    return job;
  }

  function remember(): void {
    writeRecords(
      recordFile,
      [...jobs.values()].filter(({ view }) => view.state !== 'done').map(({ record }) => record),
    );
  }

  function show(job: Job, change: Partial<Job['view']>): void {
    job.view = { ...job.view, ...change };
    onChange();
  }

  function begin(job: Job): void {
    if (job.stop !== null) return;
    const stop = new AbortController();
    job.stop = stop;
    show(job, { state: 'running', message: null, bytesPerSecond: null });
    job.work = run(job, stop.signal).then(
      (message) => show(job, { state: 'done', name: job.record.name, message, bytesPerSecond: null }),
      (thrown: unknown) => {
        const isPaused = thrown === pausedByPerson;
        const message = isPaused ? null : toAppError(thrown).message;
        show(job, { state: isPaused ? 'paused' : 'failed', message, bytesPerSecond: null });
      },
    );
    job.work = job.work.then(() => {
      job.stop = null;
      remember();
    });
  }

  /** Gives what was checked, in words. */
  async function run(job: Job, signal: AbortSignal): Promise<string> {
    const { record } = job;
    const wasTorn = record.isTorn;
    // Only a digest tells what is missing in it.
    if (wasTorn && record.sha256 === null) await forget(placeOf(record.id));
    try {
      return await download(job, signal);
    } catch (thrown) {
      if (!wasTorn || thrown !== otherDigest) throw thrown;
      return download(job, signal);
    }
  }

  /** One attempt, in a process of its own. */
  async function download(job: Job, signal: AbortSignal): Promise<string> {
    const { record } = job;
    record.isTorn = true;
    remember();
    const place = placeOf(record.id);
    await mkdir(place, { recursive: true });
    const host = startHost();
    const calls = createHostCalls(host);
    let isOurs = false;
    const ended = new Promise<void>((resolve) => {
      host.onExit(() => {
        record.isTorn = !isOurs;
        calls.fail(new AppError('unavailable', 'The download ended unexpectedly. Resume it.'));
        resolve();
      });
    });
    const noSpace = new AbortController();
    let isLost = false;
    const anyStop = AbortSignal.any([signal, noSpace.signal]);
    try {
      const args = [record.uri, place, record.totalBytes, deps.hub ?? null];
      const downloaded = (await calls.call('download', args, {
        signal: anyStop,
        onEvent: (event) => {
          const { found, trouble } = event as DownloadProgress;
          if (found === null) return show(job, { message: trouble });
          const { name, doneBytes, totalBytes, bytesPerSecond } = found;
          const isNews = record.totalBytes !== totalBytes || record.name !== name;
          Object.assign(record, { name, doneBytes, totalBytes });
          if (isNews) remember();
          const isComplete = totalBytes > 0 && doneBytes >= totalBytes;
          show(job, {
            name,
            doneBytes,
            totalBytes,
            bytesPerSecond,
            message: trouble,
            state: isComplete ? 'checking' : 'running',
          });
          // A server may not have said how much there is.
          void checkSpace(Math.max(0, totalBytes - doneBytes)).catch((thrown) => noSpace.abort(thrown));
        },
      })) as Downloaded;
      show(job, { state: 'checking', doneBytes: downloaded.bytes, totalBytes: downloaded.bytes, message: null });
      return await accept(record, downloaded, place);
    } catch (thrown) {
      // Nobody can go on with a file of unknown length, and it holds the room that is missing.
      if (toAppError(thrown).code === 'storage_failed' && !record.totalBytes) isLost = true;
      throw thrown;
    } finally {
      isOurs = true;
      host.kill();
      await ended;
      if (isLost) await forget(place);
    }
  }

  async function checkSpace(missing: number): Promise<void> {
    const free = await deps.freeBytes(folder);
    if (free === null || free >= missing + spareBytes) return;
    const message =
      missing === 0
        ? noRoomWords(free)
        : `There is not enough room: ${inGigabytes(missing)} are still to come, and the disk has ${inGigabytes(free)} free. Free some space, then resume.`;
    throw new AppError('storage_failed', message);
  }

  /** Checks what came, and puts it where models are looked for. */
  async function accept(record: DownloadRecord, downloaded: Downloaded, place: string): Promise<string> {
    const { files, sha256, namedSha256 } = downloaded;
    const wanted = record.sha256 ?? namedSha256;
    if (wanted !== null && sha256 !== null && wanted !== sha256) {
      await forget(place);
      throw otherDigest;
    }
    for (const file of files) {
      const { problem } = await readGgufHeader(file);
      if (problem === null) continue;
      await forget(place);
      throw new AppError('bad_response', `What came cannot be used: ${problem}. It was deleted.`);
    }
    const targets = files.map((file) => join(folder, modelName(basename(file))));
    for (const target of targets) {
      if (await isThere(target)) {
        throw new AppError(
          'invalid_input',
          `${basename(target)} is in the models folder already. Rename or delete that file, then resume.`,
        );
      }
    }
    for (const [index, file] of files.entries()) await rename(file, targets[index] ?? file);
    await forget(place);
    record.name = basename(targets[0] ?? '');
    const [first] = targets;
    if (first !== undefined) deps.onDone(first);
    if (wanted === null || sha256 === null)
      return 'Checked: format, header and size. Nobody named a SHA-256 to compare with.';
    return record.sha256 === null
      ? 'Checked, with the SHA-256 that the server names.'
      : 'Checked, with the SHA-256 that was given.';
  }

  const placeOf = (id: string) => join(folder, '.downloads', id);

  return {
    async read() {
      const downloads = [...jobs.values()].map(({ record: { id, uri }, view }) => ({ id, uri, ...view }));
      return { downloads, curated: curatedModels, freeBytes: await deps.freeBytes(folder) };
    },
    start(address, sha256) {
      const uri = checkModelAddress(address);
      const running = [...jobs.values()].find(({ record, view }) => record.uri === uri && view.state !== 'done');
      const known = curatedModels.find((model) => model.uri === uri)?.sha256 ?? null;
      const record = {
        id: randomUUID(),
        uri,
        sha256: sha256 ?? known,
        name: null,
        doneBytes: 0,
        totalBytes: null,
        isTorn: false,
      };
      const nothing = {
        name: null,
        state: 'running' as const,
        doneBytes: 0,
        totalBytes: null,
        bytesPerSecond: null,
        message: null,
      };
      // Whoever asks again may have brought the digest that was missing.
      if (running !== undefined && sha256 !== null) running.record.sha256 = sha256;
      begin(running ?? add(record, nothing));
      remember();
    },
    async pause(id) {
      const job = jobs.get(id);
      job?.stop?.abort(pausedByPerson);
      await job?.work;
    },
    resume(id) {
      const job = jobs.get(id);
      if (job !== undefined && job.view.state !== 'done') begin(job);
    },
    async discard(id) {
      const job = jobs.get(id);
      job?.stop?.abort(pausedByPerson);
      await job?.work;
      jobs.delete(id);
      await forget(placeOf(id));
      remember();
      onChange();
    },
    async stop() {
      for (const { stop } of jobs.values()) stop?.abort(pausedByPerson);
      await Promise.all([...jobs.values()].map(({ work }) => work));
    },
  };
}

const otherDigest = new AppError(
  'bad_response',
  'What came is not what was asked for: its SHA-256 is another one. It was deleted; start again, or choose another source.',
);
const pausedByPerson = new AppError('unavailable', 'The download was paused.');

/** Name with the ending that a model needs to be found, whatever the server calls it. */
function modelName(name: string): string {
  return /\.gguf$/i.test(name) ? name : `${name}.gguf`;
}

async function forget(place: string): Promise<void> {
  await rm(place, { recursive: true, force: true, maxRetries: 3 });
  // Only where it is empty now.
  await rmdir(join(place, '..')).catch(() => {});
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
