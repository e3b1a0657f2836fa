import os from 'node:os';
import path from 'node:path';

/** Root of this checkout, absolute. */
export const projectDir = path.resolve(import.meta.dirname, '..');

/** Per user, shared by all checkouts: the Electron runtime and what is built for it. */
export const cacheDir = path.join(
  process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'),
  'ai-ticket-agent',
);

/** Absolute path of something an installed package holds. */
export function inPackage(name: string, ...rest: string[]): string {
  return path.join(projectDir, 'node_modules', name, ...rest);
}
