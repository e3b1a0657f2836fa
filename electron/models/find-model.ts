import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** `reason`: why none was chosen, where a person could change that. */
export interface FoundModel {
  /** Absolute. */
  path: string | null;
  reason: string | null;
}

/**
 * Which GGUF is to be used: the configured one (there or not: loading it says so), else the only one in `folder`.
 * `configured`: the absolute path from the settings. `folder`: DATA/models, which need not exist.
 */
export async function findModel(configured: string | null, folder: string): Promise<FoundModel> {
  if (configured !== null) return { path: configured, reason: null };
  const files = (await entriesOf(folder)).filter(isModel).sort();
  const [only] = files;
  if (only === undefined) return { path: null, reason: null };
  if (files.length === 1) return { path: join(folder, only), reason: null };
  const reason = `There are several models in ${folder}: ${files.join(', ')}. Choose one with GGML_MODEL_PATH.`;
  return { path: null, reason };
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  } catch {
    // Nobody has put a model there.
    return [];
  }
}

/** A model in several files is named by its first; llama.cpp finds the others. */
function isModel(name: string): boolean {
  const part = /-(\d{5})-of-\d{5}\.gguf$/i.exec(name);
  return part ? part[1] === '00001' : /\.gguf$/i.test(name) && !name.startsWith('.');
}
