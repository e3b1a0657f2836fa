import { statSync } from 'node:fs';
import { errorCode } from '../files/error-code.ts';

/** Milliseconds within which a file system may know the later of two changes by nothing. */
const blurMs = 100;

/**
 * `read`, but for a file that has not changed since: then what was made of it before, the very same. A file is another
 * one by its place on the disk, its size and its times; looking at those costs microseconds.
 */
export function rememberFile<Content>(
  read: (path: string) => Content,
  now: () => number = Date.now,
): (path: string) => Content {
  const known = new Map<string, { stamp: string; content: Content }>();
  return (path) => {
    // Before it is read, so that a change meanwhile is seen the next time.
    const { stamp, isSettled } = stampOf(path, now());
    const former = known.get(path);
    if (former?.stamp === stamp) return former.content;
    const content = read(path);
    if (isSettled) known.set(path, { stamp, content });
    else known.delete(path);
    return content;
  };
}

function stampOf(path: string, now: number): { stamp: string; isSettled: boolean } {
  try {
    const stats = statSync(path, { bigint: true });
    const { dev, ino, size, mode, mtimeNs, ctimeNs } = stats;
    const age = Math.abs(now - Math.max(Number(stats.mtimeMs), Number(stats.ctimeMs)));
    return { stamp: [dev, ino, size, mode, mtimeNs, ctimeNs].join(' '), isSettled: age > blurMs };
  } catch (thrown) {
    return { stamp: errorCode(thrown), isSettled: true };
  }
}
