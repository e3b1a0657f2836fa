import { join } from 'node:path';
import { toAppError } from '../../shared/errors.ts';
import { placeInSplit } from '../classifier/gguf/judge-model.ts';
import type { ModelFiles, SeenModel } from './model-files.ts';

/** The GGUF to be used. `reason`: why none was chosen, where a person could change that. */
export interface FoundModel {
  /** Absolute path; null where none was chosen. */
  path: string | null;
  reason: string | null;
  /** Whether there may be one that a person means, so that nothing of a ticket is sent away in its place. */
  isUndecided: boolean;
}

/** A model that answers, a file that cannot, or one that was made for something else. */
interface Candidate extends Pick<SeenModel, 'problem' | 'isPart'> {
  path: string;
  name: string;
}

/**
 * Which GGUF is to be used: the configured one (there or not: loading it says so), else the only one in the first of
 * `folders` that holds any; they need not exist. Never rejects. `configured`: the absolute path from the settings.
 */
export async function findModel(
  configured: string | null,
  folders: readonly string[],
  files: Pick<ModelFiles, 'names' | 'look'>,
): Promise<FoundModel> {
  if (configured !== null) return { path: configured, reason: null, isUndecided: false };
  let reason: string | null = null;
  for (const folder of folders) {
    try {
      const found = onlyOne(folder, await candidatesIn(folder, files));
      if (found.path !== null || found.isUndecided) return found;
      reason ??= found.reason;
    } catch (thrown) {
      return { path: null, reason: toAppError(thrown).message, isUndecided: true };
    }
  }
  return { path: null, reason, isUndecided: false };
}

/** Rejects where one of them does not answer: nobody knows then whether it is the one that is meant. */
async function candidatesIn(folder: string, files: Pick<ModelFiles, 'names' | 'look'>): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const name of await modelNames(folder, files)) {
    const path = join(folder, name);
    const { isThere, problem, isPart } = await files.look(path);
    if (isThere) candidates.push({ path, name, problem, isPart });
  }
  return candidates;
}

function onlyOne(folder: string, all: readonly Candidate[]): FoundModel {
  const usable = all.filter(({ problem }) => problem === null);
  // Of those that only lack something a single one is tried, for loading says what.
  const meant = usable.length > 0 ? usable : all.filter(({ isPart }) => !isPart);
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return { path: only.path, reason: null, isUndecided: false };
  if (usable.length > 1) {
    const names = usable.map(({ name }) => name).join(', ');
    const reason = `There are several models in ${folder}: ${names}. Choose one on the page Model, or with GGML_MODEL_PATH.`;
    return { path: null, reason, isUndecided: true };
  }
  if (all.length === 0) return { path: null, reason: null, isUndecided: false };
  const why = all.map(({ name, problem }) => `${name} (${problem})`).join(', ');
  return { path: null, reason: `No file in ${folder} can be used as the model: ${why}.`, isUndecided: false };
}

/**
 * Names of the GGUF files in `folder` that may be models, sorted; hidden ones are no models, such as what macOS keeps
 * beside a file. A model in several files is named by the first that is there.
 */
export async function modelNames(folder: string, files: Pick<ModelFiles, 'names'>): Promise<string[]> {
  const firsts = new Set<string>();
  return (await files.names(folder)).filter((name) => {
    if (!/\.gguf$/i.test(name) || name.startsWith('.')) return false;
    const first = placeInSplit(name)?.first ?? name;
    const isNew = !firsts.has(first);
    firsts.add(first);
    return isNew;
  });
}
