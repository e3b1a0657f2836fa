import { type FSWatcher, realpathSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { errorCode } from './error-code.ts';

export interface FileWatch {
  stop(): void;
}

/**
 * Watches files that people edit, also those that are not there yet: tells when one may have changed. Editors replace a
 * file, so its folder is watched, and the folder that a link leads to. Nothing is polled: a share that hangs is left alone,
 * and what other machines change there may go unnoticed. `onBlind`: a folder cannot be watched, and why.
 */
export function watchFiles(
  paths: readonly string[],
  { onChange, onBlind }: { onChange(path: string): void; onBlind(folder: string, code: string): void },
): FileWatch {
  const watchers = new Map<string, FSWatcher>();

  function look(path: string, at: string): void {
    const key = `${path}\0${at}`;
    if (watchers.has(key)) return;
    const folder = dirname(at);
    const forget = (thrown: unknown) => {
      watchers.get(key)?.close();
      watchers.delete(key);
      onBlind(folder, errorCode(thrown));
    };
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name !== null && name !== basename(at)) return;
        // It may be a link by now, or another one.
        lookAt(path);
        onChange(path);
      });
      watchers.set(key, watcher);
      watcher.on('error', forget);
    } catch (thrown) {
      forget(thrown);
    }
  }

  function lookAt(path: string): void {
    look(path, path);
    const target = realPath(path);
    if (target !== null && target !== join(realPath(dirname(path)) ?? '', basename(path))) look(path, target);
  }

  for (const path of paths) lookAt(path);
  return {
    stop() {
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
