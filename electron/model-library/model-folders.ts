import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folders in which the program looks for a model by itself, the first one first: DATA/models and the `models` of a
 * checkout, where they are. Nothing in them is touched, for DATA/models may lead to a share that hangs.
 */
export function modelFolders(dataDir: string, checkout: string | null): string[] {
  const own = checkout === null ? null : join(checkout, 'models');
  return [
    ...(namesIn(dataDir).includes('models') ? [join(dataDir, 'models')] : []),
    ...(own !== null && namesIn(own).some((name) => /\.gguf$/i.test(name)) ? [own] : []),
  ];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
