import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { z } from 'zod';
import { ggufFactsSchema } from '../../shared/model-view.ts';
import type { GgufHeader } from '../classifier/gguf/gguf-header.ts';
import { judgeModel } from '../classifier/gguf/judge-model.ts';
import { readGgufHeader } from '../classifier/gguf/read-gguf-header.ts';
import { ggufKey } from '../classifier/measuring/gguf-cache.ts';
import { freeBytes } from '../files/free-bytes.ts';
import { type AcceptedDownload, type Arrival, acceptDownload, deletePlace } from './accept-download.ts';
import { ggufFacts } from './gguf-facts.ts';

/** A file as a model, by its content. */
export const seenModelSchema = z.object({
  isThere: z.boolean(),
  /** Size of all its files. */
  bytes: z.number(),
  /** Text that changes when the file does. */
  stamp: z.string(),
  /** Why it cannot answer, as the end of a sentence; null where nothing is wrong. */
  problem: z.string().nullable(),
  /** Whether it is whole and made for something else than answering. */
  isPart: z.boolean(),
  facts: ggufFactsSchema.nullable(),
});
export type SeenModel = z.infer<typeof seenModelSchema>;

/**
 * What is asked of files and folders that a person chose: they may lie on a share that does not answer. In the app each
 * rejects with `unavailable` where there is no answer in time, for then a process of its own asked: `hosted-files.ts`.
 */
export interface ModelFiles {
  isThere(path: string): Promise<boolean>;
  isFolder(path: string): Promise<boolean>;
  /** Names of the files and links in a folder, sorted; none where there is no such folder. */
  names(folder: string): Promise<string[]>;
  look(path: string): Promise<SeenModel>;
  /** Gives what `ggufKey` does. */
  key(path: string, instruction: string): Promise<string>;
  makeFolder(path: string): Promise<void>;
  remove(paths: readonly string[]): Promise<void>;
  /** Deletes what has come of a download. */
  deletePlace(place: string): Promise<void>;
  /** Checks what came of a download and puts it into `folder`: see `acceptDownload`. */
  accept(folder: string, arrival: Arrival): Promise<AcceptedDownload | null>;
  /** Copies a file of ours to where a person wants it, with these permissions; what was there stays until it is complete. */
  place(from: string, to: string, mode: number): Promise<void>;
  /** Bytes that may still be written to the disk of a folder; null where that cannot be told. */
  freeBytes(folder: string): Promise<number | null>;
}

/** Asks from this process, which waits as long as the system does. A header is read again only when its file has changed. */
export function createModelFiles(readHeader: (path: string) => Promise<GgufHeader> = readGgufHeader): ModelFiles {
  const known = new Map<string, { stamp: string; header: Promise<GgufHeader> }>();

  async function stampOf(path: string): Promise<string | null> {
    const stats = await stat(path).catch(() => null);
    return stats === null ? null : `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`;
  }

  async function headerOf(path: string): Promise<GgufHeader> {
    const stamp = await stampOf(path);
    if (stamp === null) return readHeader(path);
    const former = known.get(path);
    if (former?.stamp === stamp) return former.header;
    const header = readHeader(path);
    known.set(path, { stamp, header });
    return header;
  }

  return {
    isThere: async (path) => (await stampOf(path)) !== null,
    isFolder: (path) =>
      stat(path).then(
        (stats) => stats.isDirectory(),
        () => false,
      ),
    async names(folder) {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => !entry.isDirectory())
        .map(({ name }) => name)
        .sort();
    },
    async look(path) {
      const stamp = await stampOf(path);
      const { problem, isPart, bytes, values, elements } = await judgeModel(path, headerOf);
      const facts = problem === null ? ggufFacts(values, elements) : null;
      return { isThere: stamp !== null, stamp: stamp ?? '', bytes, problem, isPart, facts };
    },
    key: ggufKey,
    makeFolder: async (path) => void (await mkdir(path, { recursive: true })),
    async remove(paths) {
      for (const path of paths) await rm(path, { force: true });
    },
    deletePlace,
    accept: acceptDownload,
    place,
    freeBytes,
  };
}

async function place(from: string, to: string, mode: number): Promise<void> {
  const partial = `${to}.part`;
  try {
    // Whatever it is: a pipe would keep us waiting for whoever reads from it.
    await rm(partial, { force: true });
    await copyFile(from, partial, constants.COPYFILE_EXCL);
    await chmod(partial, mode);
    await rename(partial, to);
  } catch (thrown) {
    await rm(partial, { force: true }).catch(() => {});
    throw thrown;
  }
}
