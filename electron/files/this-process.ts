import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorCode } from './error-code.ts';
import type { LockOwner, StartOf } from './lock-owner.ts';

/** This process, as the owner of a lock. */
export function thisProcess(): LockOwner {
  const started = startOf(process.pid);
  return {
    id: randomUUID(),
    host: hostname(),
    machine: orNull(() => readFileSync('/etc/machine-id', 'utf8').trim()) || null,
    boot: orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    pidNamespace: orNull(() => readlinkSync('/proc/self/ns/pid')),
    pid: process.pid,
    started: started === 'unknown' ? null : started,
    since: new Date().toISOString(),
  };
}

/** Looks a process up: on Linux by https://docs.kernel.org/filesystems/proc.html, elsewhere only whether it lives. */
export const startOf: StartOf = (pid) => {
  const stat = orNull(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === null) return isAlive(pid) ? 'unknown' : null;
  // The second field is the program's name, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields[0], fields[19]];
  // It has ended, and its parent has not asked how.
  if (state === 'Z' || state === 'X') return null;
  return started ?? 'unknown';
};

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // It may be somebody else's.
    return errorCode(thrown) === 'EPERM';
  }
}

function orNull(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
