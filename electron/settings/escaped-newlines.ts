import type { Form } from '../../shared/setting-forms.ts';

/** `\n` before what begins a path of its own: nobody goes on like this within one. */
const newPath = /(?:\\r)?\\n(?=[/~$%]|file:|[A-Za-z]:[\\/]|\\\\|$)/g;

/** A list of folders in double quotation marks, with a line for each that was written with `\n` before it. */
export function brokenLines(folders: string): string {
  return folders.replace(newPath, '\n');
}

const absoluteOfWindows = /^(?:[A-Za-z]:[\\/]|[\\~%.])/;

/**
 * The value of a `.env` file's double quotation marks, where other readers of such files make line breaks of `\n`: lists have
 * them, paths of Windows do not. `problem`: what to do where nobody can tell, or where a break is of no use.
 */
export function withLineBreaks(
  kind: Form<unknown>['kind'] | undefined,
  value: string,
): { value: string; problem: string | null } {
  if (kind === 'list') return { value: value.replace(/(?:\\r)?\\n/g, '\n'), problem: null };
  const broken = kind === 'folders' ? brokenLines(value) : value;
  const isUnclear = broken.split('\n').some((line) => line.includes('\\n') && !absoluteOfWindows.test(line.trim()));
  if (kind === 'file' || !isUnclear) return { value: broken, problem: null };
  const instead = kind === 'folders' ? 'put each folder in a line of its own' : 'take it out';
  return {
    value: broken,
    problem: `Its \\n is taken for two characters. Put the value in single quotation marks if they belong to it; else ${instead}.`,
  };
}
