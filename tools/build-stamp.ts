import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from './paths.ts';

/** Everything that goes into dist/. Models that users drop in are not: `*.gguf` files may be gigabytes. */
const inputs = [
  'electron',
  'stand-ins',
  'renderer',
  'shared',
  'models',
  'vite.config.ts',
  'tsconfig.json',
  'package-lock.json',
];

/** A hash of the content of all that is built; it changes exactly when a build is due. */
export function computeBuildStamp(root: string = projectDir): string {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesIn(path.join(root, input))).sort()) {
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesIn(input: string): string[] {
  if (!existsSync(input)) return [];
  if (path.extname(input)) return [input];
  return readdirSync(input, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.gguf'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}
