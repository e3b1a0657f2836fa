import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createChangeFeed } from '../../../electron/app/change-feed.ts';
import { typedRequest } from '../../../electron/tickets/ports/ticket-store.ts';
import { createFakeTicketLog } from '../../fakes/ticket-log.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function aTicket() {
  const log = createFakeTicketLog();
  const request = {
    team: 'T1',
    user: 'U1',
    userName: 'ana',
    channel: 'C1',
    channelName: 'help',
    ...typedRequest,
    markup: null,
    responseUrl: null,
  };
  const { ticket } = await log.receive({ ...request, requestId: 'r1', text: 'VPN', summary: 'VPN' });
  return ticket;
}

function listened() {
  const feed = createChangeFeed();
  const told: string[] = [];
  feed.listen({
    onChange: (change) => void told.push(change),
    onTicket: ({ requestId }) => void told.push(requestId),
  });
  return { feed, told };
}

it('tells of a change at once, and of those that follow it together', () => {
  const { feed, told } = listened();
  feed.changed('status');
  feed.changed('status');
  feed.changed('status');
  expect(told).toEqual(['status']);
  vi.runAllTimers();
  expect(told).toEqual(['status', 'status']);
});

it('tells of each ticket, and that the list and the counts of the status are others now', async () => {
  const { feed, told } = listened();
  const ticket = await aTicket();
  feed.ticketChanged(ticket);
  feed.ticketChanged(ticket);
  expect(told).toEqual(['tickets', 'status', 'r1', 'r1']);
});

it('tells nothing of what waits once it is stopped', () => {
  const { feed, told } = listened();
  feed.changed('demo');
  feed.changed('demo');
  feed.stop();
  vi.runAllTimers();
  expect(told).toEqual(['demo']);
});
