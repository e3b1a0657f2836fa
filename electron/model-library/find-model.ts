import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The GGUF to be used. `reason`: why none was chosen, where a person could change that. */
export interface FoundModel {
  /** Absolute path; null where none was chosen. */
  path: string | null;
  reason: string | null;
}

/**
 * Which GGUF is to be used: the configured one (there or not: loading it says so), else the only one in `folder`.
 * `configured`: the absolute path from the settings. `folder`: DATA/models, which need not exist.
 */
export async function findModel(configured: string | null, folder: string): Promise<FoundModel> {
  if (configured !== null) return { path: configured, reason: null };
  const names = await modelNames(folder);
  const [only] = names;
  if (only === undefined) return { path: null, reason: null };
  if (names.length === 1) return { path: join(folder, only), reason: null };
  const reason = `There are several models in ${folder}: ${names.join(', ')}. Choose one on the page Model, or with GGML_MODEL_PATH.`;
  return { path: null, reason };
}

/**
 * Names of the GGUF models in `folder`, sorted; none where there is no such folder. A model in several files is named
 * by its first; llama.cpp finds the others.
 */
export async function modelNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && isModel(entry.name))
    .map((entry) => entry.name)
    .sort();
}

function isModel(name: string): boolean {
  const part = /-(\d{5})-of-\d{5}\.gguf$/i.exec(name);
  return part ? part[1] === '00001' : /\.gguf$/i.test(name) && !name.startsWith('.');
}
