import type { Claim } from '../../../shared/ticket.ts';
import type { Instance } from '../ports/ticket-store.ts';

/** Time after which a claim ends unless it is renewed, in milliseconds. */
export const claimMs = 5 * 60_000;

/** The claim that an instance has from a moment on; ISO 8601. */
export function claimFor(instance: Instance, at: string): Claim {
  return { by: nameOf(instance), until: new Date(Date.parse(at) + claimMs).toISOString() };
}

/** Whether this very run has the claim, also where it has run out and nobody else took it. */
export function isOwn(claim: Claim | null, instance: Instance): boolean {
  return claim !== null && claim.by === nameOf(instance);
}

/** Whether an instance may claim a ticket at a moment: nobody has it, or whoever had it is gone. */
export function isFree(claim: Claim | null, instance: Instance, at: string): boolean {
  if (claim === null || isOwn(claim, instance)) return true;
  const leftMs = Date.parse(claim.until) - Date.parse(at);
  // More than a claim lasts is left of one where the clock was set back since.
  if (leftMs <= 0 || leftMs > claimMs) return true;
  const isOfEarlierRun = claim.by.startsWith(`${instance.home}#`);
  return isOfEarlierRun && Date.parse(claim.until) - claimMs <= Date.parse(instance.startedAt);
}

const nameOf = ({ home, run }: Instance) => `${home}#${run}`;
