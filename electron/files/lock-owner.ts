/** Who holds a data folder, as its lock file says. */
export interface LockOwner {
  /** Random, of one run of the program. */
  id: string;
  host: string;
  /** Linux's id of this installation; null where it has none. Clones have the same, so it proves nothing alone. */
  machine: string | null;
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
    const { id, host, machine, boot, pidNamespace, pid, started, since } = JSON.parse(content);
    const areTexts = [id, host, since].every((each) => typeof each === 'string' && each !== '');
    const mayBeNull = [machine, boot, pidNamespace, started].every((each) => each === null || typeof each === 'string');
    if (!areTexts || !mayBeNull || !Number.isSafeInteger(pid)) return null;
    return { id, host, machine, boot, pidNamespace, pid, started, since };
  } catch {
    return null;
  }
}

/**
 * `elsewhere`: it cannot be seen from here, which is another machine, another namespace of process numbers or an owner that
 * is not known. `rebooted`: the same, but most likely it was this machine before its power went.
 */
export type Verdict = 'dead' | 'alive' | 'elsewhere' | 'rebooted';

/** Whether the owner of a lock still lives. */
export function judgeOwner(owner: LockOwner | null, here: LockOwner, startOf: StartOf): Verdict {
  if (owner === null) return 'elsewhere';
  if (!isSamePlace(owner, here)) return isRebooted(owner, here) ? 'rebooted' : 'elsewhere';
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

/** The first namespace has the same name on every machine at every boot; so may a clone of the machine. */
function isRebooted(one: LockOwner, other: LockOwner): boolean {
  const areNamed = one.boot !== null && other.boot !== null && one.pidNamespace !== null && one.machine !== null;
  const isNamesake = one.host === other.host && one.machine === other.machine;
  return areNamed && isNamesake && one.boot !== other.boot && one.pidNamespace === other.pidNamespace;
}

/** The owner in words, for whoever has to find it. */
export function describeOwner(owner: LockOwner | null): string {
  if (owner === null) return 'a program that its lock file does not name';
  return `the program on ${owner.host} (process ${owner.pid}, since ${owner.since})`;
}
