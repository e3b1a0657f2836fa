import type { Ticket } from '../../shared/ticket.ts';

/** Whether the message that a ticket is made of, or what is known of it, is still to be read. */
export function isUnread({ sourceMessage }: Pick<Ticket, 'sourceMessage'>): boolean {
  return sourceMessage !== null && sourceMessage.url === null;
}
