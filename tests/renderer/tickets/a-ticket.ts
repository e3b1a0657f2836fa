import {
  type TicketEvent,
  type TicketFilter,
  type TicketListRow,
  type TicketView,
  ticketViewSchema,
} from '../../../shared/ticket-list.ts';
import type { Answers } from '../../fakes/bridge.ts';
import { aTicket as aStoredTicket } from '../../fakes/ticket.ts';

const createdAt = '2026-03-02T09:00:00.000Z';

/** A ticket that waits for approval, as the window gets it. */
export const aTicket = (change: Partial<TicketView> = {}): TicketView =>
  ticketViewSchema.parse({
    ...aStoredTicket({ requestId: 'r7', userName: 'ana.lopez', channelName: 'it-help', step: 'announced' }),
    ...{ text: 'The printer is jammed.\nIt shows E-041.', summary: 'The printer is jammed.' },
    ...{ announcement: { via: 'channel', channel: 'C1', ts: '1.2' }, createdAt, updatedAt: createdAt },
    needsAttention: false,
    ...change,
  });

/** A ticket that Jira refused. */
export function aStoppedTicket(change: Partial<TicketView> = {}): TicketView {
  return aTicket({
    issueId: null,
    issueKey: null,
    issueUrl: null,
    issueType: null,
    announcement: null,
    status: 'failed',
    step: 'classified',
    error: { code: 'invalid_input', message: 'Jira wants a cost centre.' },
    attempts: 1,
    needsAttention: true,
    ...change,
  });
}

export function rowOf(ticket: TicketView): TicketListRow {
  const { classification } = ticket;
  return {
    ...ticket,
    label: classification?.label ?? null,
    confidence: classification?.confidence ?? null,
  };
}

/** As many tickets as a test needs, newest first: r0, r1, ... */
export const manyRows = (count: number): TicketListRow[] =>
  Array.from({ length: count }, (_, index) =>
    rowOf(aTicket({ requestId: `r${index}`, issueKey: `KAN-${count - index}`, summary: `Ticket ${index}` })),
  );

/** An event `seconds` after the ticket was received. */
export const anEvent = (seconds: number, change: Partial<TicketEvent>): TicketEvent => ({
  at: new Date(Date.parse(createdAt) + seconds * 1000).toISOString(),
  step: 'received',
  status: 'received',
  error: null,
  ...change,
});

export interface Desk {
  tickets: TicketView[];
  events: TicketEvent[];
  counts: Record<TicketFilter['view'], number>;
  hasOwner: boolean;
}

/** A main that lists these tickets in every view. */
export function answersFor(given: Partial<Desk> = {}): Answers {
  const { tickets = [aTicket()], events = [], hasOwner = true } = given;
  const counts = given.counts ?? { attention: 0, unfinished: 0, open: 1, decided: 0, all: tickets.length };
  const owner = { user: 'U9', name: 'mei', confirmedAt: createdAt };
  return {
    'tickets:page': ({ offset, limit }) => ({
      rows: tickets.slice(offset, offset + limit).map(rowOf),
      total: tickets.length,
    }),
    'tickets:overview': () => ({
      counts,
      channels: [{ id: 'C1', name: 'it-help' }],
      people: [{ id: 'U1', name: 'ana.lopez' }],
    }),
    'tickets:read': ({ requestId }) => {
      const ticket = tickets.find((one) => one.requestId === requestId);
      if (ticket === undefined) throw new Error('This ticket is not in the log any more.');
      return { ticket, events };
    },
    'owner:read': () => ({ owner: hasOwner ? owner : null, pending: null, candidates: [] }),
    'jira:projects': () => ({ projects: [{ id: '1', key: 'OPS', name: 'Operations' }], isCut: false }),
    'tickets:form': () => ({ issueType: 'Bug', types: ['Task', 'Bug'], fields: [] }),
    'tickets:decide': () => undefined,
    'tickets:retry': () => undefined,
    'tickets:create-anyway': () => undefined,
    'tickets:discard': () => undefined,
    'project:open': () => undefined,
    'issue:open': () => undefined,
    'message:open': () => undefined,
    'clipboard:write': () => undefined,
  };
}
