import { readdir } from 'node:fs/promises';

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
