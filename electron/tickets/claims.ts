import { AppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { nextStepOf } from './next-step.ts';
import type { ChangeOf, Instance, TicketChange, TicketStore } from './ports/ticket-store.ts';
import { claimFor, claimMs, isFree, isOwn } from './rules/claim.ts';

/** Tickets that this run of the program works on, as the store says to all that share it. */
export interface Claims {
  /**
   * Takes a ticket, and gives it as it is by then; null where another instance has it. It is kept, however long that takes,
   * until `drop`.
   */
  take(ticket: Ticket): Promise<Ticket | null>;
  /**
   * Stores a change of a ticket that was taken, and in the same write renews the claim, or ends it where nothing is
   * left to do. Throws `claimedElsewhere`, and stores nothing, where another instance has taken it over since.
   */
  update(requestId: string, change: TicketChange | ChangeOf): Promise<Ticket>;
  /**
   * Stores what became of a run, and gives its ticket back. Throws as `update`, but for a ticket that nobody has and
   * with which something is left to do: a run may have failed before it could take it.
   */
  giveBack(requestId: string, change: TicketChange): Promise<Ticket>;
  /** Sees, before something that must not be done twice, that the ticket was not taken over. Throws as `update`. */
  confirm(requestId: string): Promise<void>;
  /** Stops renewing the claim: it ends by itself. */
  drop(requestId: string): void;
}

/** Error of a run that has lost its ticket: what the row says is another instance's business. */
export const claimedElsewhere = new AppError('unavailable', 'Another desktop works on this ticket.', {
  isHeldBack: true,
});

/** Claims tickets for one instance. `now`: milliseconds since 1970, by the store's clock. */
export function createClaims(
  log: Pick<TicketStore, 'update'>,
  instance: Instance,
  now: () => number = Date.now,
): Claims {
  /** Ends of the claims of tickets in hand, by request id, in milliseconds since 1970. */
  const inHand = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  /** Claims a ticket in the write of a change, where `mayClaim` its row as it is then. */
  async function write(
    requestId: string,
    change: TicketChange | ChangeOf,
    mayClaim: (ticket: Ticket, at: string) => boolean,
  ): Promise<Ticket> {
    let isTheirs = false;
    let until = 0;
    const stored = await log.update(requestId, (ticket, at) => {
      isTheirs = !mayClaim(ticket, at);
      if (isTheirs) return null;
      const changes = typeof change === 'function' ? change(ticket, at) : change;
      if (changes === null) return null;
      until = Date.parse(at) + claimMs;
      const isOver = nextStepOf({ ...ticket, ...changes }) === null;
      return { claim: isOver ? null : claimFor(instance, at), ...changes };
    });
    if (isTheirs) throw claimedElsewhere;
    if (until > 0 && inHand.has(requestId)) inHand.set(requestId, until);
    return stored;
  }

  const update: Claims['update'] = (requestId, change) =>
    write(requestId, change, ({ claim }) => isOwn(claim, instance));

  function renewThoseThatEnd(): void {
    for (const [requestId, until] of inHand) {
      // A run whose ticket was taken over, or whose store fails, learns of it at its next step.
      if (until - now() < claimMs / 2) update(requestId, {}).catch(() => {});
    }
  }

  function drop(requestId: string): void {
    inHand.delete(requestId);
    if (inHand.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    async take(ticket) {
      const { requestId, claim } = ticket;
      const until = claim !== null && isOwn(claim, instance) ? Date.parse(claim.until) : 0;
      inHand.set(requestId, until);
      timer ??= setInterval(renewThoseThatEnd, claimMs / 4).unref();
      if (until - now() > claimMs / 2) return ticket;
      try {
        return await write(requestId, {}, (fresh, at) => isFree(fresh.claim, instance, at));
      } catch (thrown) {
        drop(requestId);
        if (thrown === claimedElsewhere) return null;
        throw thrown;
      }
    },

    update,

    giveBack: (requestId, change) =>
      write(requestId, { ...change, claim: null }, (ticket, at) => {
        const { claim } = ticket;
        return isOwn(claim, instance) || (isFree(claim, instance, at) && nextStepOf(ticket) !== null);
      }),

    async confirm(requestId) {
      const until = inHand.get(requestId);
      if (until !== undefined && until <= now()) await update(requestId, {});
    },

    drop,
  };
}
