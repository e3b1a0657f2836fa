import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { TicketsPage } from '../../../renderer/features/tickets/tickets-page.tsx';
import { aStatus } from '../../fakes/app-status.ts';
import { show } from '../show.tsx';
import { answersFor, aStoppedTicket, aTicket } from './a-ticket.ts';
import { withRoomForRows } from './list-size.ts';

withRoomForRows();
const tab = (name: RegExp) => screen.findByRole('tab', { name });
const counts = (attention: number) => ({ attention, unfinished: attention, open: 1, decided: 0, all: 3 });
const three = [0, 1, 2].map((n) => aTicket({ requestId: `r${n}`, issueKey: `KAN-${n + 1}`, summary: `Ticket ${n}` }));
const list = () => screen.findByRole('listbox', { name: 'Tickets' });
const selected = () => screen.queryByRole('option', { selected: true })?.textContent ?? null;

describe('the views', () => {
  it('begin with what needs a person, and do not jump when that changes', async () => {
    const answers = answersFor({ tickets: three, counts: counts(2) });
    const { bridge } = show(<TicketsPage />, answers);
    const attention = await tab(/Needs attention/);
    await waitFor(() => expect(attention.getAttribute('aria-selected')).toBe('true'));
    answers['tickets:overview'] = () => ({ counts: counts(0), channels: [], people: [] });
    bridge.change('tickets');
    await waitFor(() => expect(attention.textContent).toBe('Needs attention 0'));
    expect(attention.getAttribute('aria-selected')).toBe('true');
  });

  it('begin with all tickets where nothing needs a person', async () => {
    show(<TicketsPage />, answersFor({ tickets: three }));
    const all = await tab(/^All/);
    await waitFor(() => expect(all.getAttribute('aria-selected')).toBe('true'));
  });

  it('begin where the window was told to', async () => {
    show(<TicketsPage />, answersFor({ counts: counts(2) }), { page: 'Tickets', view: 'decided' });
    const decided = await tab(/Decided/);
    await waitFor(() => expect(decided.getAttribute('aria-selected')).toBe('true'));
  });

  it('open the ticket that a notification named', async () => {
    show(<TicketsPage />, answersFor({ tickets: three }), { page: 'Tickets', requestId: 'r2' });
    expect(await screen.findByRole('heading', { name: 'Ticket 2' })).toBeDefined();
  });
});

describe('the list', () => {
  it('is gone through with the arrow keys, Home and End', async () => {
    const { user } = show(<TicketsPage />, answersFor({ tickets: three }));
    (await list()).focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(selected()).toContain('Ticket 1');
    await user.keyboard('{End}');
    expect(selected()).toContain('Ticket 2');
    await user.keyboard('{ArrowDown}');
    expect(selected()).toContain('Ticket 2');
    await user.keyboard('{Home}');
    expect(selected()).toContain('Ticket 0');
  });

  it('names the selected option to screen readers, and says how many there are', async () => {
    const { user } = show(<TicketsPage />, answersFor({ tickets: three }));
    const box = await list();
    box.focus();
    await user.keyboard('{End}');
    const option = screen.getByRole('option', { selected: true });
    expect(box.getAttribute('aria-activedescendant')).toBe(option.id);
    expect([option.getAttribute('aria-posinset'), option.getAttribute('aria-setsize')]).toEqual(['3', '3']);
  });

  it('opens details with Enter and closes them with Esc', async () => {
    const { user } = show(<TicketsPage />, answersFor({ tickets: three }));
    (await list()).focus();
    await user.keyboard('{ArrowDown}{Enter}');
    expect(await screen.findByRole('heading', { name: 'Ticket 0' })).toBeDefined();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('heading', { name: 'Ticket 0' })).toBeNull();
  });

  /** The first ticket is selected, and then another one comes above it. */
  async function withOneAboveTheSelected() {
    const tickets = [...three];
    const shown = show(<TicketsPage />, answersFor({ tickets }));
    (await list()).focus();
    await shown.user.keyboard('{ArrowDown}');
    tickets.unshift(aTicket({ requestId: 'new', summary: 'Just in' }));
    shown.bridge.change('tickets');
    await screen.findByText('Just in');
    return { ...shown, tickets };
  }

  it('keeps the same ticket selected when a new one arrives above it', async () => {
    await withOneAboveTheSelected();
    await waitFor(() => expect(selected()).toContain('Ticket 0'));
  });

  it('goes on from where a ticket was that has left the list', async () => {
    const { tickets, user, bridge } = await withOneAboveTheSelected();
    tickets.splice(1, 1);
    bridge.change('tickets');
    await waitFor(() => expect(screen.queryByText('Ticket 0')).toBeNull());
    expect(selected()).toBeNull();
    await user.keyboard('{ArrowDown}');
    expect(selected()).toContain('Ticket 1');
  });
});

describe('a row', () => {
  const error = { code: 'unavailable', message: 'Jira cannot be reached. It is tried again.' } as const;

  it('says what went wrong, in full on hover, what was being done, and when it is tried again', async () => {
    const nextTryAt = new Date(Date.now() + 3_600_000).toISOString();
    const waiting = aStoppedTicket({ error, status: 'received', nextTryAt, needsAttention: false });
    show(<TicketsPage />, answersFor({ tickets: [waiting] }));
    const row = within(await screen.findByRole('option'));
    expect(row.getByTitle(error.message).textContent).toBe(error.message);
    expect(row.getByText('Filing in Jira')).toBeDefined();
    expect(row.getByText(/Next try/).textContent).toBe('Next try in 60 min');
  });

  it('no longer says it of a ticket that was discarded', async () => {
    const discarded = aStoppedTicket({ error, step: 'done', needsAttention: false });
    show(<TicketsPage />, answersFor({ tickets: [discarded] }));
    const row = within(await screen.findByRole('option'));
    expect(row.getByText('Discarded')).toBeDefined();
    expect(row.queryByText(/cannot be reached/)).toBeNull();
  });
});

describe('search', () => {
  it('asks once for what was typed fast, and Esc clears it', async () => {
    const { user, bridge } = show(<TicketsPage />, answersFor({ tickets: three }));
    await list();
    await user.keyboard('/');
    await user.keyboard('printer');
    const searches = () =>
      bridge.asked
        .filter(({ channel }) => channel === 'tickets:page')
        .map(({ request }) => (request as { filter: { search: string } }).filter.search);
    await waitFor(() => expect(searches().at(-1)).toBe('printer'));
    expect(searches()).toEqual(['', 'printer']);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(searches().at(-1)).toBe(''));
  });

  it('that finds nothing offers to clear itself', async () => {
    const answers = answersFor({ tickets: three });
    const { user } = show(<TicketsPage />, {
      ...answers,
      'tickets:page': ({ filter }) => ({ rows: [], total: filter.search === '' ? 3 : 0 }),
    });
    await list();
    await user.type(screen.getByRole('searchbox'), 'zzz');
    await user.click(await screen.findByRole('button', { name: 'Clear search and filters' }));
    await list();
  });
});

describe('the list without rows', () => {
  const none = { tickets: [], counts: { attention: 0, unfinished: 0, open: 0, decided: 0, all: 0 } };

  it('leads to the guide where Slack is not connected', async () => {
    const slack = {
      state: 'off',
      code: 'not_configured',
      detail: null,
      since: null,
      desktops: null,
      paused: false,
    } as const;
    const jira = { state: 'off', code: 'not_configured', detail: null } as const;
    const { user, places } = show(<TicketsPage />, {
      ...answersFor(none),
      'status:read': () => aStatus({ slack, jira }),
    });
    await user.click(await screen.findByRole('button', { name: 'Connect Slack' }));
    expect(places).toEqual([{ page: 'Guide' }]);
  });

  it('says that nothing needs a person', async () => {
    show(<TicketsPage />, answersFor({ tickets: [], counts: counts(0) }), { page: 'Tickets', view: 'attention' });
    expect(await screen.findByText('Nothing needs you')).toBeDefined();
  });

  it('says why it cannot be read, and tries again', async () => {
    let isBroken = true;
    const answers = answersFor({ tickets: three });
    const { user } = show(<TicketsPage />, {
      ...answers,
      'tickets:page': () => {
        if (isBroken) throw new Error('The disk is full.');
        return { rows: [], total: 3 };
      },
    });
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
    isBroken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await list();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('export', () => {
  it('asks for the current view and names the file', async () => {
    const { user, bridge } = show(<TicketsPage />, {
      ...answersFor({ tickets: three }),
      'tickets:export': () => ({ file: '/home/ana/tickets.csv', rows: 3 }),
    });
    await list();
    await user.click(screen.getByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('menuitem', { name: /CSV/ }));
    expect(await screen.findByText('Saved 3 tickets to /home/ana/tickets.csv')).toBeDefined();
    expect(bridge.asked.find(({ channel }) => channel === 'tickets:export')?.request).toEqual({
      filter: { view: 'all', search: '', label: null, channel: null, user: null },
      format: 'csv',
    });
  });
});

describe('loading the rest from Jira', () => {
  it('goes on where it failed', async () => {
    let isBroken = true;
    const { user, bridge } = show(<TicketsPage />, {
      ...answersFor({ tickets: three }),
      'tickets:load-rest': ({ from }) => {
        if (from === null) return { seen: 100, added: 4, next: 'page-2' };
        if (isBroken) throw new Error('Jira cannot be reached.');
        return { seen: 50, added: 1, next: null };
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Load the rest from Jira' }));
    const again = await screen.findByRole('button', { name: 'Try again' });
    isBroken = false;
    await user.click(again);
    expect(await screen.findByText(/Looked at 150 issues, added 5/)).toBeDefined();
    const asked = bridge.asked.filter(({ channel }) => channel === 'tickets:load-rest').map(({ request }) => request);
    expect(asked).toEqual([{ from: null }, { from: 'page-2' }, { from: 'page-2' }]);
  });

  it('stops when the person cancels', async () => {
    let answer = () => {};
    const { user, bridge } = show(<TicketsPage />, {
      ...answersFor({ tickets: three }),
      'tickets:load-rest': () =>
        new Promise((resolve) => {
          answer = () => resolve({ seen: 100, added: 4, next: 'more' });
        }),
    });
    await user.click(await screen.findByRole('button', { name: 'Load the rest from Jira' }));
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    answer();
    expect(await screen.findByRole('button', { name: 'Go on' })).toBeDefined();
    expect(bridge.asked.filter(({ channel }) => channel === 'tickets:load-rest')).toHaveLength(1);
  });
});
