import type { SentCreate, Ticket } from '../../shared/ticket.ts';

/**
 * Mark of a ticket whose create another desktop may have sent, and of which nothing else is known: the button that asks for
 * missing fields leads to any of them.
 */
export const sentElsewhere: SentCreate = {
  ...{ site: '', project: '', anchorKey: null },
  lookUntil: '1970-01-01T00:00:00.000Z',
};

/** Whether its issue has to be looked for before it is created here. */
export function maybeSentElsewhere({ sent }: Pick<Ticket, 'sent'>): boolean {
  return sent?.site === sentElsewhere.site;
}
