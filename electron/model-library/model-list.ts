import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { GgufFile } from '../../shared/model-view.ts';
import type { GgufHeader } from '../classifier/gguf/gguf-header.ts';
import { readGgufHeader } from '../classifier/gguf/read-gguf-header.ts';
import { modelNames } from './find-model.ts';
import { ggufFacts } from './gguf-facts.ts';

/** A file by what it says itself; what it takes in memory is known elsewhere. */
export type ListedFile = Omit<GgufFile, 'estimate' | 'measured'>;

/** Lists models. `folders`: absolute; they need not exist. `chosen`: absolute path of the model in use, wherever it lies. */
export type ListModels = (where: { folders: readonly string[]; chosen: string | null }) => Promise<ListedFile[]>;

/**
 * Lists the models in the folders and the chosen one, by what their headers say; none is loaded. A header is read again
 * only when its file has changed, so a page may ask often. Never rejects: what is wrong with a file is its `problem`.
 */
export function createModelList(readHeader = readGgufHeader): ListModels {
  const known = new Map<string, { stamp: string; header: Promise<GgufHeader> }>();

  function headerOf(path: string, { size, mtimeMs, ctimeMs }: Stats): Promise<GgufHeader> {
    const stamp = `${size} ${mtimeMs} ${ctimeMs}`;
    const former = known.get(path);
    if (former?.stamp === stamp) return former.header;
    const header = readHeader(path);
    known.set(path, { stamp, header });
    return header;
  }

  async function inspect(path: string): Promise<Omit<ListedFile, 'isChosen' | 'folder'>> {
    const parts = partsOf(path);
    let values: GgufHeader['values'] | null = null;
    let elements: number | null = 0;
    let bytes = 0;
    let problem: string | null = null;
    for (const [index, part] of parts.entries()) {
      const stats = await stat(part).catch(() => null);
      const header = stats === null ? await readHeader(part) : await headerOf(part, stats);
      values ??= header.values;
      elements = elements === null || header.elements === null ? null : elements + header.elements;
      bytes += stats?.size ?? 0;
      if (header.problem === null) continue;
      problem = parts.length === 1 ? header.problem : `part ${index + 1} of ${parts.length}: ${header.problem}`;
      break;
    }
    const facts = problem === null && values !== null ? ggufFacts(values, elements) : null;
    return { path, name: basename(path), bytes, facts, problem: problem && asSentence(problem) };
  }

  return async ({ folders, chosen }) => {
    const places: { path: string; folder: string | null }[] = [];
    const add = (path: string, folder: string | null) => {
      // Of two folders one may lie in the other's place, by a link or another spelling.
      if (!places.some((place) => isSame(place.path, path))) places.push({ path, folder });
    };
    for (const folder of folders) for (const name of await modelNames(folder)) add(join(folder, name), folder);
    if (chosen !== null) add(chosen, null);
    const files: ListedFile[] = [];
    for (const { path, folder } of places) {
      const isChosen = chosen !== null && isSame(path, chosen);
      const isGone = (await stat(path).catch(() => null)) === null;
      // A chosen file that is gone says so; another one was removed while the folder was read.
      if (isChosen || !isGone) files.push({ ...(await inspect(path)), isChosen, folder });
    }
    return files;
  };
}

/** Absolute paths of all files of a model, the first one first: `name-00001-of-00003.gguf`, as llama.cpp's gguf-split names them. */
export function partsOf(path: string): string[] {
  const split = /^(.*)-00001-of-(\d{5})(\.gguf)$/is.exec(path);
  if (!split) return [path];
  const [, start, total, end] = split;
  return Array.from({ length: Number(total) }, (_, index) => {
    return `${start}-${String(index + 1).padStart(5, '0')}-of-${total}${end}`;
  });
}

/** Whether both name one file, also where only upper and lower case differ, on Windows. */
export function isSame(one: string, other: string): boolean {
  return relative(one, other) === '';
}

function asSentence(problem: string): string {
  return `${problem.charAt(0).toUpperCase()}${problem.slice(1)}. Choose another file, or download it again.`;
}
