/** Who holds a data folder, as its lock file says. */
export interface LockOwner {
  /** Random, of one run of the program. */
  id: string;
  host: string;
  /** Linux's id of this boot, which no other machine has; null elsewhere. */
  boot: string | null;
  /** Linux's name of the process numbers' namespace: a container has its own; null elsewhere. */
  pidNamespace: string | null;
  pid: number;
  /** When the process was started, in the kernel's terms: a number that was given again belongs to nobody. Null where unknown. */
  started: string | null;
  /** ISO 8601, by the clock of its machine. */
  since: string;
}

/** A process by its number: when it was started, `unknown` where it lives and that cannot be told, null where it is gone. */
export type StartOf = (pid: number) => string | null | 'unknown';

const beatDigits = 12;

/** Content of the lock file; it has the same length at each beat, so that it can be written over in one go. */
export function lockContent(owner: LockOwner, beat: number): string {
  return `${JSON.stringify({ beat: String(beat).padStart(beatDigits, '0'), ...owner })}\n`;
}

/** The owner that a lock file names; null where it is damaged or empty. */
export function parseLock(content: string): LockOwner | null {
  try {
    const { id, host, boot, pidNamespace, pid, started, since } = JSON.parse(content);
    const areTexts = [id, host, since].every((each) => typeof each === 'string' && each !== '');
    const mayBeNull = [boot, pidNamespace, started].every((each) => each === null || typeof each === 'string');
    if (!areTexts || !mayBeNull || !Number.isSafeInteger(pid)) return null;
    return { id, host, boot, pidNamespace, pid, started, since };
  } catch {
    return null;
  }
}

/**
 * Whether the owner of a lock still lives: `elsewhere` where that cannot be seen from here, which is another machine,
 * another namespace of process numbers or an owner that is not known.
 */
export function judgeOwner(owner: LockOwner | null, here: LockOwner, startOf: StartOf): 'dead' | 'alive' | 'elsewhere' {
  if (owner === null || !isSamePlace(owner, here)) return 'elsewhere';
  if (owner.pid === here.pid) return owner.id === here.id ? 'alive' : 'dead';
  const started = startOf(owner.pid);
  if (started === null) return 'dead';
  return started === 'unknown' || owner.started === null || started === owner.started ? 'alive' : 'dead';
}

/** Machines share names more often than one would think, so a name counts only where nothing better is known. */
function isSamePlace(one: LockOwner, other: LockOwner): boolean {
  if (one.boot !== other.boot || one.pidNamespace !== other.pidNamespace) return false;
  return one.boot === null ? one.host === other.host : one.pidNamespace !== null;
}

/** The owner in words, for whoever has to find it. */
export function describeOwner(owner: LockOwner | null): string {
  if (owner === null) return 'a program that its lock file does not name';
  return `the program on ${owner.host} (process ${owner.pid}, since ${owner.since})`;
}
