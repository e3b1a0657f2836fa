import { setTimeout as pause } from 'node:timers/promises';
import { errorCode } from './error-code.ts';
import {
  createLock,
  type FolderLock,
  type FoundLock,
  type LockClocks,
  lookMs,
  readLock,
  replaceLock,
} from './folder-lock.ts';
import { judgeOwner, type LockOwner, type StartOf } from './lock-owner.ts';

export interface TakeFolderDeps {
  /** Absolute path of the lock file, in the folder. */
  file: string;
  here: LockOwner;
  startOf: StartOf;
  /** Has the program of this machine that holds the folder show its window; false where it cannot be reached. */
  showFirst(): boolean;
  /** Tells that it is waited for an owner that cannot be seen from here, and for how many seconds; once for each. */
  onWait(owner: LockOwner | null, seconds: number): void;
  /** Milliseconds; for tests. */
  wait?: (ms: number) => Promise<unknown>;
  clocks?: LockClocks;
}

export type Taking =
  /** `isForeign`: its former owner could not be seen from here. */
  | { outcome: 'taken'; lock: FolderLock; isForeign: boolean }
  | { outcome: 'shown' }
  | { outcome: 'held'; owner: LockOwner | null };

/** Time without a beat, in milliseconds, after which an owner that cannot be seen counts as gone. */
export const silentMs = 60_000;
/**
 * The same, of an owner that most likely is dead: more than two beats. It ended with this machine's power, or only its number
 * lives, without Chromium's lock, on a system that does not tell when a process was started.
 */
export const silentAfterRebootMs = 12_000;
const pollMs = 500;
/** Time in milliseconds after which an owner that lives here has made Chromium's lock again, by which it is found. */
const showMs = 6_000;
/** Times in a row that Windows may say that somebody, such as a virus scanner, has the file open. */
const mostBusy = 20;
/** A wait that nobody needs to be told of, in milliseconds. */
const shortMs = 2_000;
/** Most that counts between two polls: more passes where this process was stopped, and saw nothing. */
const mostAPollMs = 2 * pollMs;
/** Milliseconds after which the last of several programs here that take over at the same time has written. */
const settleHereMs = 250;

/**
 * Takes a folder for this program alone. An owner of this machine that died is replaced at once. One that cannot be seen
 * is watched: a sign of life ends that, and none for a minute frees the folder. Two machines' clocks are never compared.
 * Throws as `node:fs` does where the lock cannot be written.
 */
export async function takeFolder(deps: TakeFolderDeps): Promise<Taking> {
  const { file, here, startOf, showFirst, onWait, wait = pause, clocks } = deps;
  const steady = clocks?.steady ?? (() => performance.now());
  let watched: (FoundLock & { ms: number; isTold: boolean }) | null = null;
  let polledAt = steady();

  let busy = 0;
  function unlessBusy(make: () => FolderLock | null): FolderLock | null {
    try {
      return make();
    } catch (thrown) {
      busy += 1;
      if (!isBusy(thrown) || busy > mostBusy) throw thrown;
      return null;
    }
  }

  async function replace(found: FoundLock, settleMs: number): Promise<FolderLock | null> {
    const lock = unlessBusy(() => replaceLock(file, here, found, clocks));
    if (lock === null) return null;
    await wait(settleMs);
    if (lock.look()) return lock;
    lock.release();
    return null;
  }

  for (;;) {
    const found = readLock(file);
    if (found === null) {
      const lock = unlessBusy(() => createLock(file, here, clocks));
      if (lock !== null) return { outcome: 'taken', lock, isForeign: false };
      await wait(pollMs);
      continue;
    }
    const verdict = judgeOwner(found.owner, here, startOf);
    if (verdict === 'dead') {
      const lock = await replace(found, settleHereMs);
      if (lock !== null) return { outcome: 'taken', lock, isForeign: false };
      await wait(pollMs);
      continue;
    }
    if (verdict === 'alive' && showFirst()) return { outcome: 'shown' };

    const isLikelyDead = verdict === 'rebooted' || (verdict === 'alive' && found.owner?.started === null);
    const silentFor = isLikelyDead ? silentAfterRebootMs : silentMs;
    const now = steady();
    if (watched === null || watched.owner?.id !== found.owner?.id) {
      watched = { ...found, ms: 0, isTold: false };
    } else if (watched.mark !== found.mark && (verdict !== 'alive' || watched.ms >= showMs)) {
      return { outcome: 'held', owner: found.owner };
    } else {
      watched.ms += Math.min(now - polledAt, mostAPollMs);
    }
    polledAt = now;
    // One of this machine may be just starting or ending.
    if (!watched.isTold && (verdict !== 'alive' || watched.ms >= shortMs)) {
      watched.isTold = true;
      onWait(found.owner, silentFor / 1000);
    }
    if (watched.ms >= silentFor) {
      const lock = await replace(found, lookMs + settleHereMs);
      if (lock !== null) return { outcome: 'taken', lock, isForeign: true };
      watched = null;
    }
    await wait(pollMs);
  }
}

/** Linux and macOS exchange and remove files that are open. */
function isBusy(thrown: unknown): boolean {
  return process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(thrown));
}
