import { randomUUID } from 'node:crypto';
import type { Instance } from '../../electron/tickets/ports/ticket-store.ts';

/** A run of the program that begins now and has its log to itself: whoever had it before is dead. */
export function anInstance(): Instance {
  return { run: randomUUID(), ownsLog: true };
}

/** One of several runs that use a log at the same time. */
export function oneOfSeveral(run: string = randomUUID()): Instance {
  return { run, ownsLog: false };
}
