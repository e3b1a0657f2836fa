import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { GgufHeader } from './gguf-header.ts';
import { noSuchFile, readGgufHeader } from './read-gguf-header.ts';

/** A GGUF by its content, all its files together. */
export interface ModelJudgement {
  /** Why it cannot answer, as the end of a sentence ("it is empty"); null where nothing is wrong. */
  problem: string | null;
  /** Whether nobody can mean it as the model: it is whole, and made for something else. */
  isPart: boolean;
  /** Bytes of all its files. */
  bytes: number;
  /** What the header of its first file says. */
  values: GgufHeader['values'];
  elements: number | null;
}

/**
 * Judges whether a GGUF can answer: the one judgement for the list, for the only one in a folder, and before it is loaded.
 * Never rejects; reads headers only.
 */
export async function judgeModel(
  path: string,
  readHeader: (path: string) => Promise<GgufHeader> = readGgufHeader,
): Promise<ModelJudgement> {
  const place = placeInSplit(path);
  let first: GgufHeader | null = null;
  let elements: number | null = 0;
  let bytes = 0;
  const judged = (problem: string | null, isPart = false): ModelJudgement => {
    return { problem, isPart, bytes, values: first?.values ?? new Map(), elements };
  };
  if (place !== null && place.total > mostParts) {
    return judged(`its name counts ${place.total} parts, and no model has more than ${mostParts}`);
  }
  const paths = partsOf(path);
  if (place !== null && place.part > 1) {
    bytes = await sizeOf(path);
    const isFirstThere = (await readHeader(place.first)).problem !== noSuchFile;
    return isFirstThere
      ? judged(`it is part ${place.part} of ${place.total}; choose the first, ${basename(place.first)}`, true)
      : judged(
          `it is part ${place.part} of ${place.total}, and the first, ${basename(place.first)}, is missing in ${dirname(path)}`,
        );
  }
  for (const [index, part] of paths.entries()) {
    const header = await readHeader(part);
    first ??= header;
    elements = elements === null || header.elements === null ? null : elements + header.elements;
    bytes += await sizeOf(part);
    if (header.problem === null) continue;
    const missing = header.problem === noSuchFile ? `${basename(part)} is missing in ${dirname(part)}` : header.problem;
    return judged(paths.length === 1 ? header.problem : `part ${index + 1} of ${paths.length}: ${missing}`);
  }
  const { values } = judged(null);
  const other = otherPurpose(values, elements);
  return other === null ? judged(splitProblem(values, place)) : judged(other, true);
}

/** What a file that cannot answer was made for, as the end of a sentence; null for a model that answers. */
function otherPurpose(values: GgufHeader['values'], elements: number | null): string | null {
  const architecture = String(values.get('general.architecture') ?? '');
  const type = values.get('general.type') ?? (values.has('adapter.type') ? 'adapter' : 'model');
  if (type !== 'model') return `it is no model by itself, but a part for one (${type})`;
  if (parts.test(architecture)) return `it is no model by itself, but a part for one (${architecture})`;
  if (encoders.test(architecture)) return `it can only make embeddings (${architecture}), not answer`;
  const pooling = Number(values.get(`${architecture}.pooling_type`) ?? 0);
  if (pooling > 0)
    return `it can only ${pooling === 4 ? 'rank texts' : 'make embeddings'} (${architecture}), not answer`;
  const tokenizer = values.get('tokenizer.ggml.model');
  if (tokenizer === undefined || tokenizer === 'none' || tokenizer === 'no_vocab') {
    return `it is no language model: it has no vocabulary (${architecture || 'without an architecture'})`;
  }
  return elements === 0 ? 'it is a vocabulary only, without the weights of a model' : null;
}

/** Architectures of what other models see, hear or guess with. */
const parts = /^(clip|mmproj|eagle|controlvector)/;
/** Architectures that read a text and cannot go on with it. https://github.com/ggml-org/llama.cpp/blob/master/src/llama-arch.cpp */
const encoders = /bert|^t5encoder$|^gemma-embedding$/;

/** What is wrong with a first part whose header says that there are others. llama.cpp finds those by the name. */
function splitProblem(values: GgufHeader['values'], place: PlaceInSplit | null): string | null {
  const total = Number(values.get('split.count') ?? 1);
  const part = Number(values.get('split.no') ?? 0) + 1;
  if (total <= 1 || (place?.total === total && place.part === part)) return null;
  const name = `-${digits(part)}-of-${digits(total)}.gguf`;
  return `it is part ${part} of ${total}, and the others are found only where its name ends in ${name}`;
}

/** The largest models come in about two hundred; anybody can write a name that counts a hundred thousand. */
const mostParts = 999;

interface PlaceInSplit {
  part: number;
  total: number;
  /** Path of the first. */
  first: string;
}

/** Which of a model's files this one is, by its name, as llama.cpp's gguf-split gives them; null where it is no part. */
export function placeInSplit(path: string): PlaceInSplit | null {
  const [, start = '', no, of, end = ''] = /^(.*)-(\d{5})-of-(\d{5})(\.gguf)$/is.exec(path) ?? [];
  const [part, total] = [Number(no), Number(of)];
  return part >= 1 && part <= total ? { part, total, first: `${start}-${digits(1)}-of-${of}${end}` } : null;
}

/** Absolute paths of all files of a model, the first one first: `name-00001-of-00003.gguf`, as llama.cpp's gguf-split names them. */
export function partsOf(path: string): string[] {
  const place = placeInSplit(path);
  if (place?.part !== 1 || place.total > mostParts) return [path];
  return Array.from({ length: place.total }, (_, index) =>
    path.replace(/-00001-of-(\d{5}\.gguf)$/i, `-${digits(index + 1)}-of-$1`),
  );
}

const digits = (count: number) => String(count).padStart(5, '0');

function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
