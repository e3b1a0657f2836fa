import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { createHostCalls, type HostCalls, type HostMethod, type StartHost } from '../classifier/gguf/host-calls.ts';
import { acceptedSchema, arrivalSchema } from './accept-download.ts';
import { type ModelFiles, seenModelSchema } from './model-files.ts';

/** Milliseconds that a file may take for an answer; a disk that has to spin up takes seconds. */
const defaultLimitMs = 5_000;
/** Milliseconds for what takes longer: a file is copied, or a download is judged and moved. */
const slowLimitMs = 60_000;
const slow: ReadonlySet<keyof ModelFiles> = new Set(['place', 'accept']);
/** Milliseconds for a process to start, on a busy machine. */
const startLimitMs = 30_000;
/** Milliseconds after which a process that nobody asks ends. */
const defaultIdleMs = 10_000;
/** Milliseconds for which a path that did not answer is not asked again. */
const silentMs = 10_000;

export interface HostedFiles extends ModelFiles {
  /** Ends its processes. What is being asked, and what is asked later, is refused; none is started any more. */
  stop(): void;
}

interface Asker {
  calls: HostCalls;
  kill(): void;
  idle: NodeJS.Timeout | undefined;
}

/**
 * Asks about files from processes of their own, which can be ended: a call on a share that hangs never returns, holds one of
 * Node's four threads for files and names, and keeps a program from ending. A process has one question at a time, so that
 * only what hangs hangs.
 */
export function createHostedFiles({
  startHost,
  limitMs = defaultLimitMs,
  slowMs = slowLimitMs,
  idleMs = defaultIdleMs,
}: {
  startHost: StartHost;
  limitMs?: number;
  /** Milliseconds for what takes longer than an answer. */
  slowMs?: number;
  idleMs?: number;
}): HostedFiles {
  const askers = new Set<Asker>();
  const free: Asker[] = [];
  const there = new Map<string, boolean>();
  /** Why a path is not asked just now. */
  const silent = new Map<string, AppError>();
  let isStopped = false;

  async function start(): Promise<Asker> {
    const host = startHost();
    const calls = createHostCalls(host);
    const asker: Asker = { calls, kill: () => host.kill(), idle: undefined };
    askers.add(asker);
    host.onExit(() => {
      forget(asker);
      calls.fail(new AppError('unavailable', 'The process that looks at files ended.'));
    });
    await within(
      startLimitMs,
      asker,
      () => new AppError('unavailable', 'No process starts that could look at files.'),
      {
        method: 'files.ready',
        args: [],
      },
    );
    return asker;
  }

  function forget(asker: Asker): void {
    askers.delete(asker);
    clearTimeout(asker.idle);
    const at = free.indexOf(asker);
    if (at >= 0) free.splice(at, 1);
  }

  function end(asker: Asker, error: AppError): void {
    forget(asker);
    asker.calls.fail(error);
    asker.kill();
  }

  async function within(
    ms: number,
    asker: Asker,
    lateness: () => AppError,
    { method, args }: { method: string; args: unknown[] },
  ): Promise<unknown> {
    const timer = setTimeout(() => end(asker, lateness()), ms);
    try {
      return await asker.calls.call(method, args);
    } finally {
      clearTimeout(timer);
    }
  }

  function noAnswer(path: string, waitedMs: number): AppError {
    const error = new AppError(
      'unavailable',
      `${path} does not answer (waited ${waitedMs / 1000} s). Is the share mounted?`,
    );
    silent.set(path, error);
    setTimeout(() => silent.delete(path), silentMs).unref();
    return error;
  }

  async function ask(method: keyof ModelFiles, path: string, ...more: unknown[]): Promise<unknown> {
    if (isStopped) throw stopped;
    const known = silent.get(path);
    if (known !== undefined) throw known;
    const asker = free.pop() ?? (await start());
    clearTimeout(asker.idle);
    const question = { method: `files.${method}`, args: [path, ...more] };
    const ms = slow.has(method) ? slowMs : limitMs;
    try {
      return await within(ms, asker, () => noAnswer(path, ms), question);
    } finally {
      if (askers.has(asker)) {
        free.push(asker);
        asker.idle = setTimeout(() => end(asker, stopped), idleMs);
        asker.idle.unref();
      }
    }
  }

  /** Whether a path is there. Only the first question about one waits: settings ask each time they are read. What does not answer is there. */
  async function isThere(path: string): Promise<boolean> {
    const asked = ask('isThere', path).then(
      (answer) => z.boolean().parse(answer),
      () => true,
    );
    void asked.then((answer) => there.set(path, answer));
    return there.get(path) ?? asked;
  }

  return {
    isThere,
    isFolder: async (path) => z.boolean().parse(await ask('isFolder', path)),
    names: async (folder) => z.array(z.string()).parse(await ask('names', folder)),
    look: async (path) => seenModelSchema.parse(await ask('look', path)),
    key: async (path, instruction) => z.string().parse(await ask('key', path, instruction)),
    makeFolder: async (path) => void (await ask('makeFolder', path)),
    async remove(paths) {
      for (const path of paths) await ask('remove', path);
    },
    deletePlace: async (path) => void (await ask('deletePlace', path)),
    accept: async (folder, arrival) => acceptedSchema.nullable().parse(await ask('accept', folder, arrival)),
    place: async (from, to, mode) => void (await ask('place', to, from, mode)),
    freeBytes: async (folder) =>
      z
        .number()
        .nullable()
        .parse(await ask('freeBytes', folder)),
    stop() {
      isStopped = true;
      for (const asker of askers) end(asker, stopped);
    },
  };
}

const stopped = new AppError('unavailable', 'The program does not look at files any more.');

/** The host's half. */
export function createFileMethods(files: ModelFiles): Record<string, HostMethod> {
  const one = (answer: (path: string, more: string) => Promise<unknown>): HostMethod => {
    return ([path, more]) => answer(String(path), String(more));
  };
  return {
    'files.ready': async () => null,
    'files.isThere': one(files.isThere),
    'files.isFolder': one(files.isFolder),
    'files.names': one(files.names),
    'files.look': one(files.look),
    'files.key': one(files.key),
    'files.makeFolder': one(files.makeFolder),
    'files.remove': one((path) => files.remove([path])),
    'files.deletePlace': one(files.deletePlace),
    'files.accept': async ([folder, arrival]) => files.accept(String(folder), arrivalSchema.parse(arrival)),
    'files.place': async ([to, from, mode]) => files.place(String(from), String(to), Number(mode)),
    'files.freeBytes': one(files.freeBytes),
  };
}
