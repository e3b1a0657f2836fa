import { basename, join, relative } from 'node:path';
import { toAppError } from '../../shared/errors.ts';
import type { GgufFile } from '../../shared/model-view.ts';
import { modelNames } from './find-model.ts';
import type { ModelFiles, SeenModel } from './model-files.ts';

/** A file by what it says itself; what it takes in memory is known elsewhere. */
export interface ListedFile extends Omit<GgufFile, 'estimate' | 'measured'> {
  /** Text that changes when the file does. */
  stamp: string;
}

export interface ModelList {
  files: ListedFile[];
  /** Folders that do not answer, with the reason. */
  silent: ReadonlyMap<string, string>;
}

/**
 * Lists the models in the folders and the chosen one, by what their headers say; none is loaded. Never rejects: what is
 * wrong with a file is its `problem`. `folders`: absolute; they need not exist. `chosen`: absolute path of the model in
 * use, wherever it lies.
 */
export async function listModels(
  { folders, chosen }: { folders: readonly string[]; chosen: string | null },
  files: Pick<ModelFiles, 'names' | 'look'>,
): Promise<ModelList> {
  const places: { path: string; folder: string | null }[] = [];
  const silent = new Map<string, string>();
  const add = (path: string, folder: string | null) => {
    // Of two folders one may lie in the other's place, by a link or another spelling.
    if (!places.some((place) => isSame(place.path, path))) places.push({ path, folder });
  };
  // All at once: one that does not answer keeps nobody waiting for the others.
  const asked = await Promise.allSettled(folders.map((folder) => modelNames(folder, files)));
  for (const [index, folder] of folders.entries()) {
    const answer = asked[index];
    if (answer?.status === 'fulfilled') for (const name of answer.value) add(join(folder, name), folder);
    else silent.set(folder, toAppError(answer?.reason).message);
  }
  if (chosen !== null) add(chosen, null);
  const listed: ListedFile[] = [];
  for (const { path, folder } of places) {
    const isChosen = chosen !== null && isSame(path, chosen);
    const seen = await files.look(path).catch((thrown) => unseen(toAppError(thrown).message));
    const { isThere, bytes, facts, stamp, problem } = seen;
    // A chosen file that is gone says so; another one was removed while the folder was read.
    if (!isChosen && !isThere) continue;
    const name = basename(path);
    listed.push({ path, name, bytes, facts, stamp, problem: problem && asSentence(problem), isChosen, folder });
  }
  return { files: listed, silent };
}

function unseen(problem: string): SeenModel {
  return { isThere: true, bytes: 0, stamp: '', problem, isPart: false, facts: null };
}

/** Whether both name one file, also where only upper and lower case differ, on Windows. */
export function isSame(one: string, other: string): boolean {
  return relative(one, other) === '';
}

function asSentence(problem: string): string {
  if (/[.?]$/.test(problem)) return problem;
  return `${problem.charAt(0).toUpperCase()}${problem.slice(1)}. Choose another file, or download it again.`;
}
