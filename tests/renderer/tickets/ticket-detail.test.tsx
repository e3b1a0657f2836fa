import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { TicketsPage } from '../../../renderer/features/tickets/tickets-page.tsx';
import type { Channel } from '../../../shared/ipc.ts';
import type { TicketView } from '../../../shared/ticket-list.ts';
import type { Answers, FakeBridge } from '../../fakes/bridge.ts';
import { show } from '../show.tsx';
import { answersFor, aStoppedTicket, aTicket } from './a-ticket.ts';
import { withRoomForRows } from './list-size.ts';

withRoomForRows();
const asked = (bridge: FakeBridge, wanted: Channel) =>
  bridge.asked.filter(({ channel }) => channel === wanted).map(({ request }) => request);

/** The page with this ticket's details open. */
async function open(ticket: TicketView, answers: Answers = {}, hasOwner = true) {
  const shown = show(
    <TicketsPage />,
    { ...answersFor({ tickets: [ticket], hasOwner }), ...answers },
    { page: 'Tickets', requestId: ticket.requestId },
  );
  await screen.findByRole('heading', { name: ticket.summary });
  return shown;
}
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

describe('the details of a ticket', () => {
  it('say which classifier chose the type, and how near the second came', async () => {
    await open(aTicket());
    const why = within(screen.getByRole('region', { name: 'Type' }));
    expect(why.getByText(/gemma\.gguf on this machine/)).toBeDefined();
    expect(why.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Bug83 %', 'Incident10 %']);
  });

  it('say why there is no text', async () => {
    await open(aTicket({ origin: 'click', text: '' }));
    expect(screen.getByText('This desktop only took the click; it does not have the text.')).toBeDefined();
  });

  it('say that a ticket is gone', async () => {
    show(<TicketsPage />, answersFor(), { page: 'Tickets', requestId: 'gone' });
    expect((await screen.findByRole('alert')).textContent).toContain('not in the log any more');
  });
});

describe('deciding from the window', () => {
  it('sends one decision however often the button is pressed', async () => {
    const { user, bridge } = await open(aTicket());
    await waitFor(() => expect(button('Approve').disabled).toBe(false));
    await user.dblClick(button('Approve'));
    expect(asked(bridge, 'tickets:decide')).toEqual([{ requestId: 'r7', status: 'approved' }]);
  });

  it('can be tried again after a failure', async () => {
    const refuse = () => {
      throw new Error('The log is busy.');
    };
    const { user } = await open(aTicket(), { 'tickets:decide': refuse });
    await waitFor(() => expect(button('Reject').disabled).toBe(false));
    await user.click(button('Reject'));
    expect((await screen.findByRole('alert')).textContent).toContain('The log is busy.');
    expect(button('Reject').disabled).toBe(false);
  });

  it('needs a person, and leads to where that is said', async () => {
    const { user, bridge, places } = await open(aTicket(), {}, false);
    await user.keyboard('a');
    expect(button('Approve').disabled).toBe(true);
    expect(asked(bridge, 'tickets:decide')).toEqual([]);
    await user.click(await screen.findByRole('button', { name: 'Say whose desktop this is' }));
    expect(places).toEqual([{ page: 'Settings', section: 'owner' }]);
  });
});

describe('the keys of a ticket', () => {
  it('open, copy, and decide once Enter confirms it', async () => {
    const { user, bridge } = await open(aTicket());
    await waitFor(() => expect(button('Approve').disabled).toBe(false));
    await user.keyboard('osca');
    expect(asked(bridge, 'tickets:decide')).toEqual([]);
    await user.keyboard('{Enter}');
    expect(asked(bridge, 'issue:open')).toEqual([{ requestId: 'r7' }]);
    expect(asked(bridge, 'message:open')).toEqual([{ requestId: 'r7' }]);
    expect(asked(bridge, 'clipboard:write')).toEqual([{ text: 'KAN-7' }]);
    expect(asked(bridge, 'tickets:decide')).toEqual([{ requestId: 'r7', status: 'approved' }]);
  });

  it('work on the selected row while its details are closed', async () => {
    const { user, bridge } = show(<TicketsPage />, answersFor());
    (await screen.findByRole('listbox', { name: 'Tickets' })).focus();
    await user.keyboard('{ArrowDown}ca');
    expect(asked(bridge, 'clipboard:write')).toEqual([{ text: 'KAN-7' }]);
    expect(asked(bridge, 'tickets:decide')).toEqual([]);
    expect(asked(bridge, 'tickets:read')).toEqual([]);
  });

  it('do nothing while somebody types', async () => {
    const { user, bridge } = show(<TicketsPage />, answersFor());
    await user.click(await screen.findByRole('option'));
    await screen.findByRole('button', { name: 'Approve' });
    await user.keyboard('{Escape}/');
    await user.keyboard('aroc');
    expect(asked(bridge, 'tickets:decide')).toEqual([]);
    expect(asked(bridge, 'clipboard:write')).toEqual([]);
  });

  it('do nothing behind a dialog, wherever the focus is', async () => {
    const { user, bridge } = await open(aTicket({ needsAttention: true, error: aStoppedTicket().error }));
    await waitFor(() => expect(button('Approve').disabled).toBe(false));
    await user.click(button('Discard'));
    const dialog = await screen.findByRole('dialog');
    await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
    await user.keyboard('ar');
    fireEvent.keyDown(document.body, { key: 'a', code: 'KeyA' });
    expect(asked(bridge, 'tickets:decide')).toEqual([]);
  });

  it('give the focus back to the list at once when the details close', async () => {
    const { user } = show(<TicketsPage />, answersFor());
    await user.click(await screen.findByRole('option'));
    const close = await screen.findByRole('button', { name: 'Close details' });
    fireEvent.click(close);
    expect(document.activeElement).toBe(screen.getByRole('listbox', { name: 'Tickets' }));
  });
});

describe('a ticket that needs a person', () => {
  it('is retried with only what was changed', async () => {
    const { user, bridge } = await open(aStoppedTicket());
    await user.click(button('Fix and retry'));
    const dialog = within(await screen.findByRole('dialog'));
    const summary = dialog.getByLabelText('Summary');
    await user.clear(summary);
    await user.type(summary, 'Printer jam');
    await user.type(dialog.getByLabelText('Project', { selector: 'input' }), 'ops');
    await user.click(dialog.getByRole('button', { name: 'Retry' }));
    expect(asked(bridge, 'tickets:retry')).toEqual([
      { requestId: 'r7', edits: { summary: 'Printer jam', project: 'OPS' } },
    ]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('keeps what was typed when the retry is refused', async () => {
    const refuse = () => {
      throw new Error('There is no such project.');
    };
    const { user, bridge } = await open(aStoppedTicket(), { 'tickets:retry': refuse });
    await user.click(button('Fix and retry'));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText('Project', { selector: 'input' }), 'NOPE');
    await user.click(dialog.getByRole('button', { name: 'Retry' }));
    expect((await dialog.findByRole('alert')).textContent).toContain('There is no such project.');
    bridge.change('tickets');
    await waitFor(() => expect(asked(bridge, 'tickets:read').length).toBeGreaterThan(1));
    expect(dialog.getByLabelText<HTMLInputElement>('Project', { selector: 'input' }).value).toBe('NOPE');
  });

  it('takes a typed project where Jira cannot be asked', async () => {
    const refuse = () => {
      throw new Error('Jira cannot be reached.');
    };
    const { user } = await open(aStoppedTicket(), { 'jira:projects': refuse, 'tickets:form': refuse });
    await user.click(button('Fix and retry'));
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findAllByText('Jira did not say what there is, so type it yourself.')).toHaveLength(2);
  });

  it('cannot be changed once Jira may have it, and is looked for instead', async () => {
    const { user, bridge } = await open(aStoppedTicket({ step: 'creating' }));
    expect(screen.queryByRole('button', { name: 'Fix and retry' })).toBeNull();
    await user.click(button('Look again'));
    expect(asked(bridge, 'tickets:retry')).toEqual([{ requestId: 'r7', edits: {} }]);
  });

  it('is discarded only after saying what that means', async () => {
    const { user, bridge } = await open(aStoppedTicket({ step: 'creating' }));
    await user.click(button('Discard'));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/the issue may be in Jira/)).toBeDefined();
    expect(asked(bridge, 'tickets:discard')).toEqual([]);
    await user.click(dialog.getByRole('button', { name: 'Discard' }));
    expect(asked(bridge, 'tickets:discard')).toEqual([{ requestId: 'r7' }]);
  });
});

describe('a ticket that may be in Jira or not', () => {
  const sent = {
    ...{ site: 'https://acme.example', project: 'OPS', anchorKey: 'OPS-41' },
    lookUntil: '2026-03-02T09:02:15.000Z',
  };
  const error = { code: 'unconfirmed', message: 'Jira did not answer.' } as const;
  const unconfirmed = aStoppedTicket({ step: 'unconfirmed', error, sent });

  it('says where to look, and opens it', async () => {
    const { user, bridge } = await open(unconfirmed);
    expect(screen.getByText(/Look into OPS on acme\.example, at the keys after OPS-41/)).toBeDefined();
    await user.click(button('Open OPS in Jira'));
    expect(asked(bridge, 'project:open')).toEqual([{ requestId: 'r7' }]);
  });

  it.each([
    [null, 'among the newest issues'],
    ['OPS-0', 'which was empty before'],
  ])('says where to look although no issue was known: %s', async (anchorKey, words) => {
    await open(aStoppedTicket({ ...unconfirmed, sent: { ...sent, anchorKey } }));
    expect(screen.getByText(new RegExp(`Look into OPS on acme\\.example, ${words}`))).toBeDefined();
  });

  it('says why the project cannot be opened', async () => {
    const refuse = () => {
      throw new Error('The site is another one now.');
    };
    const { user } = await open(unconfirmed, { 'project:open': refuse });
    await user.click(button('Open OPS in Jira'));
    expect(await screen.findByText(/The site is another one now/)).toBeDefined();
  });

  it('is looked for again as it is', async () => {
    const { user, bridge } = await open(unconfirmed);
    expect(screen.queryByRole('button', { name: 'Fix and retry' })).toBeNull();
    await user.click(button('Look again'));
    expect(asked(bridge, 'tickets:retry')).toEqual([{ requestId: 'r7', edits: {} }]);
  });

  it('is created anyway only after saying that there may be two then', async () => {
    const { user, bridge } = await open(unconfirmed);
    await user.click(button('Create anyway'));
    const dialog = within(await screen.findByRole('dialog', { name: 'Create it anyway?' }));
    expect(dialog.getByText(/there will be a second one/)).toBeDefined();
    expect(asked(bridge, 'tickets:create-anyway')).toEqual([]);
    await user.click(dialog.getByRole('button', { name: 'Create anyway' }));
    expect(asked(bridge, 'tickets:create-anyway')).toEqual([{ requestId: 'r7' }]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('is discarded only after saying that it may stay in Jira', async () => {
    const { user, bridge } = await open(unconfirmed);
    await user.keyboard('d');
    const dialog = within(await screen.findByRole('dialog', { name: 'Discard this ticket?' }));
    expect(dialog.getByText(/Nobody can tell whether the issue is in Jira/)).toBeDefined();
    await user.click(dialog.getByRole('button', { name: 'Keep it' }));
    expect(asked(bridge, 'tickets:discard')).toEqual([]);
  });
});

describe('a ticket that waits', () => {
  const unavailable = { code: 'unavailable', message: 'Jira cannot be reached.' } as const;
  const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
  const waiting = (change: Partial<TicketView> = {}) =>
    aStoppedTicket({
      ...{ status: 'received', error: unavailable, attempts: 4, nextTryAt: inAnHour(), needsAttention: false },
      ...change,
    });

  it('says why, how often it was tried and when it is tried next, and can be tried now', async () => {
    const { user, bridge } = await open(waiting());
    const details = within(screen.getByRole('region', { name: 'Ticket details' }));
    expect(details.getAllByText(/Jira cannot be reached/).length).toBeGreaterThan(0);
    expect(details.getByText(/Tried 4 times\. Next try/).textContent).toContain('in 60 min');
    await user.click(button('Retry now'));
    expect(asked(bridge, 'tickets:retry')).toEqual([{ requestId: 'r7', edits: {} }]);
    expect(await screen.findByText('It is being tried again.')).toBeDefined();
  });

  it('leaves the focus in its details when it goes on and its buttons go away', async () => {
    const tickets = [waiting()];
    const { user, bridge } = await open(waiting(), answersFor({ tickets }));
    await user.click(button('Retry now'));
    tickets[0] = waiting({ error: null, nextTryAt: null, attempts: 0 });
    const retry = button('Retry now');
    // Looked at with the change itself: a moment later a key would have gone to the page.
    const focused = new Promise<Element | null>((resolve) => {
      const observer = new MutationObserver(() => {
        if (retry.isConnected) return;
        observer.disconnect();
        resolve(document.activeElement);
      });
      observer.observe(document.body, { childList: true, subtree: true });
    });
    bridge.change('tickets');
    expect(await focused).toBe(screen.getByRole('region', { name: 'Ticket details' }));
  });

  it('is asked for once, however often the key is pressed', async () => {
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { user, bridge } = await open(waiting(), { 'tickets:retry': () => answered });
    await user.keyboard('tt');
    expect(asked(bridge, 'tickets:retry')).toHaveLength(1);
    answer();
    await screen.findByText('It is being tried again.');
  });

  it('does not offer to cut a pause short for which the other side asked', async () => {
    const { user, bridge } = await open(waiting({ error: { code: 'rate_limited', message: 'Too much.' } }));
    expect(screen.queryByRole('button', { name: 'Retry now' })).toBeNull();
    expect(screen.getByText(/asked for this pause/)).toBeDefined();
    await user.keyboard('t');
    expect(asked(bridge, 'tickets:retry')).toEqual([]);
    expect(button('Discard').disabled).toBe(false);
  });

  it.each([
    ['classified', null, 'Jira settings', 'jira'],
    ['created', 'KAN-7', 'Slack settings', 'slack'],
  ] as const)('for the settings, at %s, leads to them', async (step, issueKey, label, section) => {
    const error = { code: 'unauthorized', message: 'The token was refused.' } as const;
    const { user, places } = await open(aStoppedTicket({ step, issueKey, status: 'received', error }));
    expect(screen.getByText(/Once the settings are right, it goes on by itself/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Fix and retry' })).toBeNull();
    await user.click(button(label));
    expect(places).toEqual([{ page: 'Settings', section }]);
  });

  it('is retried and discarded from the list by key, without its details', async () => {
    const { user, bridge } = show(<TicketsPage />, answersFor({ tickets: [waiting()] }));
    (await screen.findByRole('listbox', { name: 'Tickets' })).focus();
    await user.keyboard('{ArrowDown}t');
    expect(asked(bridge, 'tickets:retry')).toEqual([{ requestId: 'r7', edits: {} }]);
    await user.keyboard('d');
    const dialog = within(await screen.findByRole('dialog', { name: 'Discard this ticket?' }));
    expect(asked(bridge, 'tickets:discard')).toEqual([]);
    await user.click(dialog.getByRole('button', { name: 'Discard' }));
    expect(asked(bridge, 'tickets:discard')).toEqual([{ requestId: 'r7' }]);
    expect(asked(bridge, 'tickets:read')).toEqual([]);
  });
});
