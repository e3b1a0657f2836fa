import { lstatSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import type { FolderLock } from '../files/folder-lock.ts';
import { describeOwner, type LockOwner } from '../files/lock-owner.ts';
import { takeFolder } from '../files/take-folder.ts';
import { startOf, thisProcess } from '../files/this-process.ts';
import { socketFolder, unwritable } from '../files/usable-folder.ts';
import { exitCodes } from './exit-codes.ts';

export interface HoldFolderDeps {
  dataDir: string;
  process: Pick<NodeJS.Process, 'env' | 'platform'>;
  /** Asks Chromium for its lock in DATA; where another program has it, that one shows its window. */
  lockOfChromium: { request(): boolean; release(): void };
  /** Writes a sentence where whoever started the program sees it. */
  say(sentence: string): void;
  /** Why this start can make no window; null where it can. */
  noScreen: string | null;
  /** Ends the program with this code, and says why. */
  refuse(sentence: string, code: number): void;
  /** Ends the program, which has worked until now, and says why. */
  lost(sentence: string): void;
}

/** DATA, which this program has to itself. */
export interface HeldFolder {
  /** Whether it still is; asked before anything is sent. */
  isHeld: FolderLock['isHeld'];
  /** Throws `unavailable` where it is not any more; called before anything is stored. */
  demand(): void;
  /** Looks now: time may have passed that no timer noticed. */
  look(): void;
  release(): void;
}

/** Made by Chromium in DATA. It would ask, and after a while end, the process of that number, which may be anybody's here. */
const chromiumsMark = 'SingletonLock';
const chromiumsMarks = [chromiumsMark, 'SingletonSocket', 'SingletonCookie'];
/** Another start may ask for Chromium's lock in the same moment, and give it back. */
const askAgainMs = 400;
const mostAsked = 4;
/** Time between two looks for Chromium's mark, in milliseconds. */
const markMs = 5_000;

/**
 * Has DATA for this program alone, or ends it with a sentence: 0 where the first one shows its window, else one of
 * {@link exitCodes}. Called before Electron is ready, and before anything in DATA is changed.
 */
export async function holdFolder(deps: HoldFolderDeps): Promise<HeldFolder | null> {
  const { dataDir, process, lockOfChromium, say } = deps;

  function end(code: number, sentence: string): null {
    deps.refuse(sentence, code);
    return null;
  }

  const noSocket = chooseSocketFolder(process, say);
  if (noSocket !== null) return end(exitCodes.unwritable, noSocket);

  function showFirst(): boolean {
    if (!lockOfChromium.request()) return true;
    lockOfChromium.release();
    return false;
  }

  function onWait(owner: LockOwner | null, seconds: number): void {
    say(
      `Waiting: the data folder ${dataDir} is held by ${describeOwner(owner)}, which cannot be asked from here. Where it gives no sign of life for ${seconds} seconds, this start goes on.`,
    );
  }

  const file = join(dataDir, 'agent.lock');
  try {
    const taking = await takeFolder({ file, here: thisProcess(), startOf, showFirst, onWait });
    if (taking.outcome === 'shown') return end(0, `The program runs already on ${dataDir}: its window is shown.`);
    if (taking.outcome === 'held') {
      const owner = describeOwner(taking.owner);
      return end(
        exitCodes.heldElsewhere,
        `The data folder ${dataDir} is in use by ${owner}. Two programs would answer each ticket twice, so this one ends. Quit the other one first, or choose another folder with --user-data-dir.`,
      );
    }
    const { lock, isForeign } = taking;
    if (deps.noScreen !== null) {
      lock.release();
      return end(exitCodes.failed, deps.noScreen);
    }
    if (isForeign) forgetChromiumsOwner(dataDir);
    for (let asked = 1; !lockOfChromium.request(); asked += 1) {
      if (asked < mostAsked) {
        await pause(askAgainMs);
        continue;
      }
      lock.release();
      // But on Windows it leaves a mark that names its owner; without one it failed for another reason.
      return process.platform === 'win32' || isThere(join(dataDir, chromiumsMark))
        ? end(0, `The program runs already on ${dataDir}: its window is shown.`)
        : end(exitCodes.unwritable, `Chromium could not make its lock in ${dataDir}. Check who may write there.`);
    }
    return keep(lock, deps);
  } catch (thrown) {
    return end(exitCodes.unwritable, unwritable(dataDir, thrown));
  }
}

function keep(lock: FolderLock, deps: HoldFolderDeps): HeldFolder {
  const { dataDir, lost, lockOfChromium } = deps;
  const { platform } = deps.process;
  lock.keep((by) => {
    const whose = by === null ? 'its lock file agent.lock is gone' : `it was taken over by ${describeOwner(by)}`;
    lost(
      `The data folder ${dataDir} is not this program's any more: ${whose}. This one was stopped or asleep for longer than a minute, or the file was removed. It sends nothing more, and ends.`,
    );
  });
  const marks = platform === 'win32' ? undefined : setInterval(renewMark, markMs);

  /** Makes Chromium's mark again, where the former owner took it along at its end: by it a second start finds this one. */
  function renewMark(): void {
    if (!lock.isHeld() || isThere(join(dataDir, chromiumsMark))) return;
    lockOfChromium.release();
    lockOfChromium.request();
  }

  return {
    isHeld: lock.isHeld,
    demand() {
      if (lock.isHeld()) return;
      throw new AppError('unavailable', 'Another program has taken over the data folder.', { isHeldBack: true });
    },
    look: () => void lock.look(),
    release() {
      clearInterval(marks);
      lock.release();
    },
  };
}

/** Sees to a folder for Chromium's socket. Gives why there is none, in words; null where there is one. */
function chooseSocketFolder(
  { env, platform }: HoldFolderDeps['process'],
  say: (sentence: string) => void,
): string | null {
  if (platform !== 'linux') return null;
  const wanted = env['TMPDIR'] || undefined;
  const folder = socketFolder(wanted);
  const what = wanted === undefined ? '/tmp' : `TMPDIR, ${wanted},`;
  const why = 'it is missing, may not be written, or its path is too long for a socket';
  if (folder === null) {
    return `${what} cannot hold Chromium's socket: ${why}; neither can /tmp or /var/tmp. Set TMPDIR to a folder of your own with a path below 70 characters.`;
  }
  if (folder !== (wanted ?? '/tmp')) say(`${what} cannot hold Chromium's socket: ${why}. ${folder} is used instead.`);
  if (folder !== wanted) env['TMPDIR'] = folder;
  return null;
}

function forgetChromiumsOwner(dataDir: string): void {
  for (const name of chromiumsMarks) rmSync(join(dataDir, name), { force: true });
}

/** Whether there is anything of that name; a link that leads nowhere counts. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
