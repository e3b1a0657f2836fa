import { AppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { nextStepOf } from './next-step.ts';
import type {
  ChangeOf,
  Instance,
  IntakeRules,
  NewRequest,
  Receipt,
  TicketChange,
  TicketStore,
} from './ports/ticket-store.ts';
import { changesOf } from './rules/changed-ticket.ts';
import { claimFor, claimMs, isFree, isOwn } from './rules/claim.ts';

/** Tickets that this run of the program works on, as the store says to all that share it. */
export interface Claims {
  /** Takes a request in; a new ticket is claimed in the same write. Throws as `TicketStore.receive`. */
  receive(request: NewRequest, rules?: Omit<IntakeRules, 'claimedBy'>): Promise<Receipt>;
  /**
   * Takes a ticket, and gives it as it is by then; null where another instance has it. It is kept, however long that takes,
   * until `drop`. `onAnew`: it was not ours until then, so what is remembered of it may be out of date.
   */
  take(ticket: Ticket, onAnew?: () => void): Promise<Ticket | null>;
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
  /**
   * Sees, before something that must not be done twice, that the ticket was not taken over, and is not in the next
   * minute. Throws as `update`.
   */
  confirm(requestId: string): Promise<void>;
  /** Takes no claim for granted any more: the machine may have slept. The next `take` or `confirm` asks the store. */
  doubt(): void;
  /** Stops renewing the claim: it ends by itself. */
  drop(requestId: string): void;
}

/** Error of a run that has lost its ticket: what the row says is another instance's business. */
export const claimedElsewhere = new AppError('unavailable', 'Another desktop works on this ticket.', {
  isHeldBack: true,
});

/** Clocks of this machine, in milliseconds. */
export interface Clocks {
  /** A clock that nobody can set, but that may stand still while the machine sleeps. */
  steady(): number;
  /** The clock that people see and set. */
  wall(): number;
}

type Moment = Record<keyof Clocks, number>;

const ownClocks: Clocks = { steady: () => performance.now(), wall: () => Date.now() };

/** Time left of a claim below which it is no longer sure: longer than any one request takes. */
const marginMs = claimMs / 4;

/** Claims tickets for one instance. */
export function createClaims(
  log: Pick<TicketStore, 'receive' | 'update'>,
  instance: Instance,
  clocks: Clocks = ownClocks,
): Claims {
  const inHand = new Set<string>();
  /**
   * Moments just before the writes that won or renewed a claim were sent, by request id: by the store's clock, which may
   * be any other, it lasts for `claimMs` from there at least.
   */
  const askedAt = new Map<string, Moment>();
  let timer: NodeJS.Timeout | undefined;

  const thisMoment = (): Moment => ({ steady: clocks.steady(), wall: clocks.wall() });

  /** Time for which a claim is certainly ours, in milliseconds. Whichever clock says that more has passed is believed. */
  function sureMs(requestId: string): number {
    const asked = askedAt.get(requestId);
    if (asked === undefined) return 0;
    const now = thisMoment();
    return claimMs - Math.max(now.steady - asked.steady, now.wall - asked.wall);
  }

  /** Claims a ticket in the write of a change, where `mayClaim` its row as it is then. */
  async function write(
    requestId: string,
    change: TicketChange | ChangeOf,
    mayClaim: (ticket: Ticket, at: string) => boolean,
  ): Promise<Ticket> {
    let isTheirs = false;
    let isClaimed = false;
    const asked = thisMoment();
    const stored = await log.update(requestId, (ticket, at) => {
      isTheirs = !mayClaim(ticket, at);
      if (isTheirs) return null;
      const changes = changesOf(change, ticket, at);
      if (changes === null) return null;
      const isOver = nextStepOf({ ...ticket, ...changes }) === null;
      const claimed = { claim: isOver ? null : claimFor(instance, at), ...changes };
      isClaimed = claimed.claim !== null;
      return claimed;
    });
    if (isTheirs) throw claimedElsewhere;
    if (isClaimed && inHand.has(requestId)) askedAt.set(requestId, asked);
    return stored;
  }

  const update: Claims['update'] = (requestId, change) =>
    write(requestId, change, ({ claim }) => isOwn(claim, instance));

  function renewThoseThatEnd(): void {
    for (const requestId of inHand) {
      // A run whose ticket was taken over, or whose store fails, finds out at its next step.
      if (sureMs(requestId) < claimMs / 2) update(requestId, {}).catch(() => {});
    }
  }

  function drop(requestId: string): void {
    inHand.delete(requestId);
    askedAt.delete(requestId);
    if (inHand.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    async receive(request, rules) {
      const asked = thisMoment();
      const receipt = await log.receive(request, { ...rules, claimedBy: instance });
      if (receipt.outcome === 'new') askedAt.set(request.requestId, asked);
      return receipt;
    },

    async take(ticket, onAnew = () => {}) {
      const { requestId, claim } = ticket;
      inHand.add(requestId);
      timer ??= setInterval(renewThoseThatEnd, claimMs / 4).unref();
      if (isOwn(claim, instance) && sureMs(requestId) > claimMs / 2) return ticket;
      try {
        let isAnew = false;
        const taken = await write(requestId, {}, (fresh, at) => {
          isAnew = !isOwn(fresh.claim, instance);
          return isFree(fresh.claim, instance, at);
        });
        if (isAnew) onAnew();
        return taken;
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
      if (inHand.has(requestId) && sureMs(requestId) < marginMs) await update(requestId, {});
    },

    doubt: () => askedAt.clear(),

    drop,
  };
}
