import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Claims, claimedElsewhere, createClaims } from '../../electron/tickets/claims.ts';
import type { Instance } from '../../electron/tickets/ports/ticket-store.ts';
import { claimMs } from '../../electron/tickets/rules/claim.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { anInstance, oneOfSeveral } from '../fakes/instance.ts';
import { aRequest, type ClosableLog, classification, type MakeLog } from './ticket-log.ts';

const start = Date.parse('2025-01-01T00:00:00.000Z');
const minute = 60_000;

/** How instances that share a log share its tickets. `make` gives an empty one on the given clock. */
export function ticketLogClaimsContract(name: string, make: MakeLog): void {
  describe(`${name}, as several instances claim its tickets,`, () => {
    let time = start;
    let log: ClosableLog;
    const clocks = { steady: () => time, wall: () => time };
    const claimsOf = (instance: Instance): Claims => createClaims(log, instance, clocks);
    const mine = oneOfSeveral('mine');
    const theirs = oneOfSeveral('theirs');
    beforeEach(async () => {
      time = start;
      log = await make(() => time);
    });
    afterEach(() => log.close());

    async function received(claimedBy?: Instance): Promise<Ticket> {
      const { ticket } = await log.receive(aRequest(), claimedBy === undefined ? {} : { claimedBy });
      return ticket;
    }

    async function found(): Promise<Ticket> {
      const ticket = await log.find('r1');
      if (ticket === null) throw new Error('There is no ticket.');
      return ticket;
    }

    it('gives a ticket to one of those that want it at the same moment', async () => {
      const ticket = await received();
      expect(ticket.claim).toBeNull();
      const both = await Promise.all([claimsOf(mine).take(ticket), claimsOf(theirs).take(ticket)]);
      expect(both).toEqual([await found(), null]);
      expect((await found()).claim).toEqual({
        by: 'mine',
        until: new Date(start + claimMs).toISOString(),
      });
    });

    it('has a new ticket claimed by whoever received it, and taking it then costs no write', async () => {
      const claims = claimsOf(mine);
      const { ticket } = await claims.receive(aRequest());
      expect(await claimsOf(theirs).take(ticket)).toBeNull();
      time += minute;
      expect(await claims.take(ticket)).not.toBeNull();
      expect(await found()).toEqual(ticket);
    });

    it('renews a claim with each change, and ends it where nothing is left to do', async () => {
      const claims = claimsOf(mine);
      await claims.take(await received());
      time += minute;
      const changed = await claims.update('r1', { classification, step: 'classified' });
      expect(changed.claim?.until).toBe(new Date(time + claimMs).toISOString());
      const announced = { status: 'created', step: 'announced', issueKey: 'KAN-1' } as const;
      expect(await claims.update('r1', announced)).toMatchObject({ ...announced, claim: null });
      expect(await claimsOf(theirs).take(await found())).not.toBeNull();
    });

    it('gives a ticket to another instance once the claim has run out, and nothing that the first one does is stored then', async () => {
      const claims = claimsOf(mine);
      await claims.take(await received());
      time += claimMs - 1;
      expect(await claimsOf(theirs).take(await found())).toBeNull();
      time += 1;
      expect(await claimsOf(theirs).take(await found())).not.toBeNull();
      const taken = await found();
      await expect(claims.update('r1', { step: 'creating' })).rejects.toBe(claimedElsewhere);
      await expect(claims.confirm('r1')).rejects.toBe(claimedElsewhere);
      expect(await claims.take(taken)).toBeNull();
      expect(await found()).toEqual(taken);
    });

    it('does not let the first one go on either once the other one is done', async () => {
      const claims = claimsOf(mine);
      await claims.take(await received());
      time += claimMs;
      const others = claimsOf(theirs);
      await others.take(await found());
      await others.update('r1', { status: 'created', step: 'announced', issueKey: 'KAN-1' });
      await expect(claims.confirm('r1')).rejects.toBe(claimedElsewhere);
      await expect(claims.update('r1', { step: 'creating' })).rejects.toBe(claimedElsewhere);
      expect((await found()).step).toBe('announced');
    });

    it('lets the first one go on after its claim has run out where nobody has taken the ticket', async () => {
      const claims = claimsOf(mine);
      await claims.take(await received());
      time += 3 * claimMs;
      await claims.confirm('r1');
      expect(await claimsOf(theirs).take(await found())).toBeNull();
      expect((await claims.update('r1', { step: 'creating' })).step).toBe('creating');
    });

    it('voids the claims of dead runs at once where one run at a time has the log, and nobody’s where several have', async () => {
      await received(mine);
      time += 1;
      expect(await claimsOf(oneOfSeveral()).take(await found())).toBeNull();
      expect(await claimsOf(anInstance()).take(await found())).not.toBeNull();
    });

    it('minds no claim that was made before the clock was set back by a day, and every one where it was corrected', async () => {
      await received(theirs);
      time -= minute;
      expect(await claimsOf(mine).take(await found())).toBeNull();
      time -= 24 * 60 * minute;
      expect(await claimsOf(mine).take(await found())).not.toBeNull();
    });

    it('tells nobody of a claim: it is no event, and the window does not get it', async () => {
      await claimsOf(mine).take(await received());
      expect(await log.events('r1')).toHaveLength(1);
    });
  });
}
