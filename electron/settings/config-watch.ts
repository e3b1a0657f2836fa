import { type FileWatch, watchFiles } from '../files/watch-files.ts';
import { readFile } from './read-file.ts';

/** Milliseconds without a change after which a file counts as written. */
const defaultQuietMs = 250;
/** Milliseconds for one that looks as if more is to come: empty, gone, or without the end of its last line. */
const defaultUnfinishedMs = 1_500;

export interface ConfigWatchDeps {
  /** Absolute paths of the files, there or not. */
  paths: readonly string[];
  /** One or several of them changed, and are written. */
  onSettled(): void;
  /** Changes in a folder stay unnoticed. */
  onBlind(folder: string, code: string): void;
  quietMs?: number | undefined;
  unfinishedMs?: number | undefined;
}

/** Tells when config.yml was changed, once nobody writes it any more. */
export function watchConfig({
  paths,
  onSettled,
  onBlind,
  quietMs = defaultQuietMs,
  unfinishedMs = defaultUnfinishedMs,
}: ConfigWatchDeps): FileWatch {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function wait(ms: number, then: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
    timer.unref();
  }

  function settle(): void {
    changed.clear();
    onSettled();
  }

  const watch = watchFiles(paths, {
    onBlind,
    onChange(path) {
      changed.add(path);
      wait(quietMs, () => {
        if ([...changed].every(isFinished)) settle();
        else wait(unfinishedMs, settle);
      });
    },
  });
  return {
    stop() {
      clearTimeout(timer);
      watch.stop();
    },
  };
}

function isFinished(path: string): boolean {
  const { text } = readFile(path);
  return text.slice(text.trimEnd().length).includes('\n');
}
