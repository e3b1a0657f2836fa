import { readFileSync } from 'node:fs';
import type { SettingProblem } from '../../shared/settings.ts';

/** The text of a file; empty where there is none. A file that cannot be read is a problem, not a crash. */
export function readFile(path: string): { text: string; problems: SettingProblem[] } {
  try {
    return { text: readFileSync(path, 'utf8').replace(/^\uFEFF/, ''), problems: [] };
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { text: '', problems: [] };
    const reason = code === 'EISDIR' ? 'It is a folder; expected a file.' : 'Check who may read it.';
    return { text: '', problems: [fileProblem(path, `The file cannot be read (${code}). ${reason}`)] };
  }
}

/** A problem with a whole file: its key is empty. */
export function fileProblem(source: string, message: string): SettingProblem {
  return { source, key: '', message };
}

/** The system's code, such as EACCES. */
export function errorCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown error';
}
