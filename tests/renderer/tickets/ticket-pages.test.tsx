import { describe, expect, it, vi } from 'vitest';
import { createTicketPages } from '../../../renderer/features/tickets/ticket-pages.ts';
import type { TicketFilter } from '../../../shared/ticket-list.ts';
import { createFakeBridge } from '../../fakes/bridge.ts';
import { manyRows } from './a-ticket.ts';

const filter: TicketFilter = { view: 'all', search: '', label: null, channel: null, user: null };
const rows = manyRows(5000);

function deskOf(page: (offset: number) => void = () => {}) {
  const bridge = createFakeBridge({
    'tickets:page': ({ offset, limit }) => {
      page(offset);
      return { rows: rows.slice(offset, offset + limit), total: rows.length };
    },
  });
  window.desk = bridge;
  return () => bridge.asked.map(({ request }) => (request as { offset: number }).offset);
}

describe('the pages of the list', () => {
  it('fetches where the scrolling ends, and not what it passed', async () => {
    const offsets = deskOf();
    const pages = createTicketPages(filter, () => {});
    pages.show(0, 10);
    for (let first = 50; first <= 4040; first += 10) pages.show(first, first + 10);
    await vi.waitFor(() => expect(pages.rowAt(4040)?.requestId).toBe('r4040'));
    expect(offsets()).toEqual([0, 4000]);
    pages.close();
  });

  it('asks for one page at a time', async () => {
    let open = 0;
    let most = 0;
    window.desk = createFakeBridge({
      'tickets:page': async ({ offset, limit }) => {
        open += 1;
        most = Math.max(most, open);
        await Promise.resolve();
        open -= 1;
        return { rows: rows.slice(offset, offset + limit), total: rows.length };
      },
    });
    const pages = createTicketPages(filter, () => {});
    pages.show(95, 205);
    await vi.waitFor(() => expect(pages.rowAt(205)).not.toBeNull());
    expect(most).toBe(1);
    pages.close();
  });

  it('keeps what was read on screen while it is read again', async () => {
    const offsets = deskOf();
    const pages = createTicketPages(filter, () => {});
    pages.show(0, 10);
    await vi.waitFor(() => expect(pages.total).toBe(5000));
    pages.refresh();
    expect(pages.rowAt(3)?.requestId).toBe('r3');
    await vi.waitFor(() => expect(offsets()).toEqual([0, 0]));
    pages.close();
  });

  it('stops asking after a failure until it is told to try again', async () => {
    let isBroken = true;
    const offsets = deskOf(() => {
      if (isBroken) throw new Error('The disk is full.');
    });
    const pages = createTicketPages(filter, () => {});
    pages.show(0, 10);
    await vi.waitFor(() => expect(pages.trouble?.message).toContain('The disk is full.'));
    pages.show(500, 510);
    expect(offsets()).toEqual([0]);
    isBroken = false;
    pages.refresh();
    await vi.waitFor(() => expect(pages.total).toBe(5000));
    expect(pages.trouble).toBeNull();
    pages.close();
  });
});
