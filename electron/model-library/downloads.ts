import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import curated from '../../models/curated.json' with { type: 'json' };
import { curatedModelSchema, type Download, type DownloadsView } from '../../shared/downloads.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { StartHost } from '../classifier/gguf/host-calls.ts';
import { type DownloadRecord, readRecords, writeRecords } from './download-records.ts';
import { checkModelAddress, modelOrigin } from './model-address.ts';
import { createModelFiles, type ModelFiles } from './model-files.ts';
import { runDownload } from './run-download.ts';

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
  /** Asks for folders; from this process unless given. */
  files?: Pick<ModelFiles, 'makeFolder' | 'deletePlace' | 'accept'>;
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
  /** Goes on, once a pause that still ends has ended. The last of `pause` and `resume` counts. */
  resume(id: string): Promise<void>;
  /** Deletes what has come of it. Nothing happens where there is no such download. */
  discard(id: string): Promise<void>;
  /** Pauses all, for the end of the program. */
  stop(): Promise<void>;
}

interface Job {
  record: DownloadRecord;
  view: Omit<Download, 'id' | 'uri'>;
  stop: AbortController | null;
  /** Whether it is to run: the last word of a person, and of the end of the program. */
  isWanted: boolean;
  /** Promise that settles when its process has ended. Never rejects. */
  work: Promise<void>;
}

/** Downloads of models: each in a process of its own, resumable also after a restart, checked before it is offered. */
export function createDownloads(deps: DownloadsDeps): Downloads {
  const { folder, recordFile, startHost, freeBytes, hub = null, files = createModelFiles(), onDone, onChange } = deps;
  const placeOf = (id: string) => join(folder, '.downloads', id);
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
    const job: Job = { record, view, stop: null, isWanted: false, work: Promise.resolve() };
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

  async function begin(job: Job): Promise<void> {
    job.isWanted = true;
    if (job.stop?.signal.aborted) await job.work;
    if (!job.isWanted || job.stop !== null || job.view.state === 'done') return;
    const stop = new AbortController();
    job.stop = stop;
    show(job, { state: 'running', message: null, bytesPerSecond: null });
    const running = runDownload(job.record, {
      folder,
      place: placeOf(job.record.id),
      startHost,
      freeBytes,
      files,
      hub,
      signal: stop.signal,
      onProgress: (progress) => show(job, progress),
      remember,
      onDone,
    });
    job.work = running.then(
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

  async function halt(job: Job): Promise<void> {
    job.isWanted = false;
    job.stop?.abort(pausedByPerson);
    await job.work;
  }

  return {
    async read() {
      const downloads = [...jobs.values()].map(({ record: { id, uri }, view }) => ({ id, uri, ...view }));
      return { downloads, curated: curatedModels, freeBytes: await freeBytes(folder) };
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
      void begin(running ?? add(record, nothing));
      remember();
    },
    async pause(id) {
      const job = jobs.get(id);
      if (job !== undefined) await halt(job);
    },
    async resume(id) {
      const job = jobs.get(id);
      if (job !== undefined) await begin(job);
    },
    async discard(id) {
      const job = jobs.get(id);
      // Only what is known here is deleted: `id` becomes a path.
      if (job === undefined) return;
      // First, so that whoever asks for it meanwhile begins anew.
      jobs.delete(id);
      await halt(job);
      await files.deletePlace(placeOf(id));
      remember();
      onChange();
    },
    async stop() {
      await Promise.all([...jobs.values()].map(halt));
    },
  };
}

const pausedByPerson = new AppError('unavailable', 'The download was paused.');
