import type { Claim } from '../../../shared/ticket.ts';
import type { Instance } from '../ports/ticket-store.ts';

/** Time after which a claim ends unless it is renewed, in milliseconds. */
export const claimMs = 5 * 60_000;
/** Time by which a store's clock is corrected at most while others work, in milliseconds. */
const mostSetBackMs = 60 * 60_000;

/** The claim that an instance has from a moment on; ISO 8601. */
export function claimFor({ run }: Instance, at: string): Claim {
  return { by: run, until: new Date(Date.parse(at) + claimMs).toISOString() };
}

/** Whether this very run has the claim, also where it has run out and nobody else took it. */
export function isOwn(claim: Claim | null, { run }: Instance): boolean {
  return claim?.by === run;
}

/** Whether an instance may claim a ticket at a moment of the store's clock: nobody has it, or whoever had it is gone. */
export function isFree(claim: Claim | null, instance: Instance, at: string): boolean {
  if (claim === null || isOwn(claim, instance) || instance.ownsLog) return true;
  const leftMs = Date.parse(claim.until) - Date.parse(at);
  // So much is left of none, unless the clock was set back by days since; by a little it is set back while others work.
  return leftMs <= 0 || leftMs > claimMs + mostSetBackMs;
}
