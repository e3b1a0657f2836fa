import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { GgufFile } from '../../shared/model-view.ts';
import type { GgufHeader } from '../classifier/gguf-header.ts';
import { readGgufHeader } from '../classifier/read-gguf-header.ts';
import { ggufFacts } from './gguf-facts.ts';
import { modelNames } from './model-names.ts';

/** `folder`: DATA/models, which need not exist. `chosen`: absolute path of the model in use, wherever it lies. */
export type ListModels = (where: { folder: string; chosen: string | null }) => Promise<GgufFile[]>;

/**
 * Lists the models in the folder and the chosen one, by what their headers say; none is loaded. A header is read again
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

  async function inspect(path: string): Promise<Omit<GgufFile, 'isChosen'>> {
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

  return async ({ folder, chosen }) => {
    const paths = (await modelNames(folder)).map((name) => join(folder, name));
    if (chosen !== null && !paths.some((path) => isSame(path, chosen))) paths.push(chosen);
    const files: GgufFile[] = [];
    for (const path of paths) {
      const isChosen = chosen !== null && isSame(path, chosen);
      const isGone = (await stat(path).catch(() => null)) === null;
      // A chosen file that is gone says so; another one was removed while the folder was read.
      if (isChosen || !isGone) files.push({ ...(await inspect(path)), isChosen });
    }
    return files;
  };
}

/** All files of a model, the first one first: `name-00001-of-00003.gguf`, as llama.cpp's gguf-split names them. */
function partsOf(path: string): string[] {
  const split = /^(.*)-00001-of-(\d{5})(\.gguf)$/is.exec(path);
  if (!split) return [path];
  const [, start, total, end] = split;
  return Array.from({ length: Number(total) }, (_, index) => {
    return `${start}-${String(index + 1).padStart(5, '0')}-of-${total}${end}`;
  });
}

/** Also where only upper and lower case differ, on Windows. */
function isSame(one: string, other: string): boolean {
  return relative(one, other) === '';
}

function asSentence(problem: string): string {
  return `${problem.charAt(0).toUpperCase()}${problem.slice(1)}. Choose another file, or download it again.`;
}
