import { randomUUID } from 'node:crypto';
import type { Instance } from '../../electron/tickets/ports/ticket-store.ts';

/** A run of the program that begins now; those of one home come one after the other. `now`: milliseconds since 1970. */
export function anInstance(home = 'a desk', now = Date.now()): Instance {
  return { home, run: randomUUID(), startedAt: new Date(now).toISOString() };
}
