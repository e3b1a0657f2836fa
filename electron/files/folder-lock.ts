import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from './error-code.ts';
import { type LockOwner, lockContent, parseLock } from './lock-owner.ts';

/** A lock file as it was read. */
export interface FoundLock {
  /** null where the file is damaged, empty or cannot be read. */
  owner: LockOwner | null;
  /** Changes with each beat of its owner. */
  mark: string;
}

/** A folder that this process has to itself. */
export interface FolderLock {
  /** Whether it is still ours. Looks at the file where the last look is two seconds old; once lost, it stays lost. */
  isHeld(): boolean;
  /** The same, having looked at this very moment. */
  look(): boolean;
  /** Says again and again that its owner lives; `onLost` is called once, when it turns out that another took over. */
  keep(onLost: (by: LockOwner | null) => void): void;
  /** Gives it free for others. */
  release(): void;
}

/** Clocks of this machine, in milliseconds: one that nobody can set, and one that goes on while the machine sleeps. */
export interface LockClocks {
  steady(): number;
  wall(): number;
}

/** A look that is this old, in milliseconds, is not believed any more. Whoever takes a lock over waits for longer than that. */
export const lookMs = 2_000;
const beatMs = 5_000;
/** Milliseconds after which nothing is sent any more while the file cannot be read: it may have become another's. */
const unreadableMs = 30_000;

/** Looks in a row that may find another folder in its place, such as the one that a share is mounted on: some minutes. */
const mostMissed = 120;

const ownClocks: LockClocks = { steady: () => performance.now(), wall: () => Date.now() };

/** The lock file; null where there is none. Never throws. */
export function readLock(file: string): FoundLock | null {
  try {
    // A pipe of this name would keep us waiting for whoever writes into it.
    const fd = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const content = readFileSync(fd, 'utf8');
      return { owner: parseLock(content), mark: `${fstatSync(fd).mtimeMs} ${content}` };
    } finally {
      closeSync(fd);
    }
  } catch (thrown) {
    return errorCode(thrown) === 'ENOENT' ? null : { owner: null, mark: '' };
  }
}

/** Makes the lock file where there is none; null where somebody else was faster. Throws as `node:fs` does. */
export function createLock(file: string, owner: LockOwner, clocks?: LockClocks): FolderLock | null {
  try {
    writeNew(file, owner);
    return heldLock(file, owner, clocks);
  } catch (thrown) {
    if (errorCode(thrown) === 'EEXIST') return null;
    throw thrown;
  }
}

/**
 * Takes over a lock that nobody keeps any more, as it was `found`; null where it has changed since. The caller waits, then
 * asks `look`: of two that did this at the same time, the later one has it. Throws as `node:fs` does.
 */
export function replaceLock(file: string, owner: LockOwner, found: FoundLock, clocks?: LockClocks): FolderLock | null {
  const own = `${file}.${owner.id}`;
  writeNew(own, owner);
  const isSame = readLock(file)?.mark === found.mark;
  try {
    if (isSame) renameSync(own, file);
  } finally {
    rmSync(own, { force: true });
  }
  return isSame ? heldLock(file, owner, clocks) : null;
}

function writeNew(file: string, owner: LockOwner): void {
  const fd = openSync(file, 'wx', 0o600);
  try {
    writeSync(fd, lockContent(owner, 0), 0);
  } catch (thrown) {
    rmSync(file, { force: true });
    throw thrown;
  } finally {
    closeSync(fd);
  }
}

/** Says once more that its owner lives. Throws as `node:fs` does. */
function writeBeat(file: string, owner: LockOwner, beat: number): void {
  // Closed each time: on a share, others see nothing before that.
  const fd = openSync(file, 'r+');
  try {
    // What is open here is one file, even where another has put its own in its place meanwhile.
    if (parseLock(readFileSync(fd, 'utf8'))?.id === owner.id) writeSync(fd, lockContent(owner, beat), 0);
  } finally {
    closeSync(fd);
  }
}

function heldLock(file: string, owner: LockOwner, clocks: LockClocks = ownClocks): FolderLock {
  let beats = 0;
  let timer: NodeJS.Timeout | undefined;
  let tell: ((by: LockOwner | null) => void) | null = null;
  let state: 'held' | 'lost' | 'released' = 'held';
  let lookedAt = now();
  const place = placeOf(file);
  let missed = 0;

  function now() {
    return { steady: clocks.steady(), wall: clocks.wall() };
  }

  /** Milliseconds since the file was last seen to be ours. Whichever clock says that more has passed is believed. */
  function age(): number {
    return Math.max(clocks.steady() - lookedAt.steady, clocks.wall() - lookedAt.wall);
  }

  /** Whether the folder that had the file is not there; one that stays another one has taken its place for good. */
  function isElsewhere(): boolean {
    const there = placeOf(file);
    if (there === place) return false;
    missed = there === null ? 0 : missed + 1;
    return missed < mostMissed;
  }

  function look(): boolean {
    if (state !== 'held') return false;
    const asked = now();
    const found = readLock(file);
    if (found?.owner?.id === owner.id) {
      lookedAt = asked;
      missed = 0;
      return true;
    }
    // Its share may be away, as after a laptop's sleep: that says nothing of who has the folder when it is back.
    if (found === null ? isElsewhere() : found.mark === '') return age() < unreadableMs;
    state = 'lost';
    clearInterval(timer);
    tell?.(found?.owner ?? null);
    return false;
  }

  function beat(): void {
    if (!look()) return;
    beats += 1;
    try {
      writeBeat(file, owner, beats);
    } catch {
      // A disk in trouble. Where that goes on for a minute, another may take over, and the next look says so.
    }
  }

  return {
    isHeld: () => (state === 'held' && age() < lookMs) || look(),
    look,
    keep(onLost) {
      tell = onLost;
      timer = setInterval(beat, beatMs).unref();
    },
    release() {
      if (state === 'released') return;
      state = 'released';
      clearInterval(timer);
      if (readLock(file)?.owner?.id === owner.id) rmSync(file, { force: true });
    },
  };
}

/** Which folder the file lies in, as the system knows it; null where that is not there. */
function placeOf(file: string): string | null {
  try {
    const { dev, ino } = statSync(dirname(file));
    return `${dev} ${ino}`;
  } catch {
    return null;
  }
}
