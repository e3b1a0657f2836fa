import type { ConfigFile } from './config-file.ts';
import type { ConfigReaders } from './load-settings.ts';

/** Reads as `readers`; of a file that is broken as a whole, as one that is half written, what it said before counts. */
export function keepLastGood({ own, strangers }: ConfigReaders): ConfigReaders {
  const good = new Map<string, ConfigFile['values']>();

  function kept(path: string, read: (path: string) => ConfigFile): ConfigFile {
    const file = read(path);
    const before = good.get(path);
    if (!file.isUnknown) good.set(path, file.values);
    if (!file.isUnknown || before === undefined) return file;
    const problems = file.problems.map(({ message, ...where }) => ({ ...where, message: `${message} ${keptWords}` }));
    return { values: before, problems, isUnknown: false };
  }

  return { own: (path) => kept(path, own), strangers: (path) => kept(path, strangers) };
}

const keptWords = 'Until it is mended, what it said before counts.';
