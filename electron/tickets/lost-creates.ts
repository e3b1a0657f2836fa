import type { Ticket } from '../../shared/ticket.ts';
import type { StepContext } from './step-context.ts';

/** Creates of which no answer came: how long each may still take effect, and how many of a ticket are too many. */
export interface LostCreates {
  /** Notes a create of this process that may take effect for `openMs` yet. `ticket` is as before it. */
  note(ticket: Ticket, openMs: number): void;
  /** Time for which an earlier create may still take effect, and for which it might have already, in milliseconds. */
  windowOf(ticket: Ticket): Promise<{ remainingMs: number; elapsedMs: number }>;
  /** Whether so many were lost that a person must act. */
  areTooMany(ticket: Ticket): boolean;
  /** Forgets the create that this process has sent: it took no effect, or another process may have sent a later one. */
  forget(requestId: string): void;
  /** Forgets since when the ticket fails: what fails from now on counts anew. */
  startOver(requestId: string): void;
  /** Notes that the ticket's issue is there. */
  filed(requestId: string): void;
}

/** Lost creates after which a ticket needs a person where others were filed meanwhile: it is about this one. */
const mostLost = 5;
/** Lost creates after which it does where none was: Jira may be in trouble for longer. */
const mostLostAlone = 15;

export function createLostCreates({ update, rules }: Pick<StepContext, 'update' | 'rules'>): LostCreates {
  /**
   * Creates that this process has sent, by request id: on performance.now()'s clock, which nobody can set. What others
   * have sent is measured by the store's clock, which is the same for all.
   */
  const lost = new Map<string, { at: number; openMs: number }>();
  const startedAt = performance.now();
  /** Moments since which tickets fail, by request id, and when the last one was filed; on the same clock. */
  const failingSince = new Map<string, number>();
  let lastFiledAt = Number.NEGATIVE_INFINITY;

  /** The time by the store's clock, in milliseconds since 1970. */
  async function storeTime(requestId: string): Promise<number> {
    let time = '';
    await update(requestId, (_, at) => {
      time = at;
      return null;
    });
    return Date.parse(time);
  }

  return {
    note({ requestId, attempts }, openMs) {
      const now = performance.now();
      lost.set(requestId, { at: now, openMs });
      if (!failingSince.has(requestId)) failingSince.set(requestId, attempts === 0 ? now : startedAt);
    },

    async windowOf({ requestId, sent }) {
      const own = lost.get(requestId);
      if (own !== undefined) {
        const elapsedMs = performance.now() - own.at;
        return { remainingMs: own.openMs - elapsedMs, elapsedMs };
      }
      const lookForMs = rules().jira.lookForSeconds * 1000;
      const leftMs =
        sent === null
          ? startedAt + lookForMs - performance.now()
          : Date.parse(sent.lookUntil) - (await storeTime(requestId));
      // The clock may have been set back since.
      const remainingMs = Math.min(lookForMs, leftMs);
      return { remainingMs, elapsedMs: lookForMs - remainingMs };
    },

    areTooMany({ requestId, attempts }) {
      const isAlone = lastFiledAt < (failingSince.get(requestId) ?? startedAt);
      return attempts >= (isAlone ? mostLostAlone : mostLost);
    },

    forget: (requestId) => void lost.delete(requestId),

    startOver: (requestId) => void failingSince.delete(requestId),

    filed(requestId) {
      lost.delete(requestId);
      failingSince.delete(requestId);
      lastFiledAt = performance.now();
    },
  };
}
