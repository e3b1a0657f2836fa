import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { DemoPage } from '../../../renderer/features/demo/demo-page.tsx';
import type { DemoView } from '../../../shared/demo-view.ts';
import { AppError } from '../../../shared/errors.ts';
import { show } from '../show.tsx';
import { aDemo, aMessage, anAnnouncement, anIssue } from './demo-view.ts';

/** A demo that takes all that a person does; `change` is what main says next. */
function open(first: Partial<DemoView> = {}, answers: Parameters<typeof show>[1] = {}) {
  let view = aDemo({ issues: [anIssue('KAN-1')], ...first });
  const shown = show(<DemoPage />, {
    'demo:read': () => view,
    'demo:type': () => undefined,
    'demo:react': () => undefined,
    'demo:shortcut': () => undefined,
    'demo:open-home': () => undefined,
    'demo:act': () => undefined,
    ...answers,
  });
  return {
    ...shown,
    change(next: Partial<DemoView>) {
      view = { ...view, ...next };
      shown.bridge.change('demo');
    },
    done: (channel: string) =>
      shown.bridge.asked.filter((each) => each.channel === channel).map(({ request }) => request),
  };
}

const box = (name = 'Write to #support') => screen.findByRole('textbox', { name });
const ts = '1772438400.000100';

describe('a message', () => {
  it('has a menu: the ticket emoji, others, an answer and the app’s shortcut', async () => {
    const { user, done } = open();
    const menu = within(await screen.findByRole('toolbar', { name: 'What to do with bob’s message' }));
    await user.click(menu.getByRole('button', { name: 'React with :ticket:' }));
    await user.click(menu.getByRole('button', { name: 'Add another reaction' }));
    await user.click(await screen.findByRole('menuitem', { name: /:eyes:/ }));
    expect(done('demo:react')).toEqual([
      { ts, name: 'ticket' },
      { ts, name: 'eyes' },
    ]);
    await user.click(menu.getByRole('button', { name: 'More actions' }));
    await user.click(await screen.findByRole('menuitem', { name: /File as a ticket/ }));
    expect(done('demo:shortcut')).toEqual([{ id: 'file_message', ts }]);
  });

  it('has a menu for the keyboard, and none where only one person sees it', async () => {
    const { user } = open({
      messages: [aMessage('Hi'), aMessage('For you', { ts: '1772438410.000100', onlyYou: true })],
    });
    expect(await screen.findAllByRole('toolbar')).toHaveLength(1);
    const log = screen.getByRole('log');
    log.focus();
    await user.tab();
    const focused = () => document.activeElement?.getAttribute('aria-label');
    expect(focused()).toBe('React with :ticket:');
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(focused()).toBe('Reply in thread');
    await user.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    expect(focused()).toBe('More actions');
    // One Tab leaves it.
    await user.tab();
    expect(screen.getByRole('toolbar').contains(document.activeElement)).toBe(false);
  });

  it('shows reactions, and says whether one is yours', async () => {
    const reactions = [{ name: 'ticket', emoji: '🎫', count: 2, isYours: true }];
    const { user, done } = open({ messages: [aMessage('Hi', { reactions })] });
    const own = await screen.findByRole('button', { name: ':ticket:, 2', pressed: true });
    await user.click(own);
    expect(done('demo:react')).toEqual([{ ts, name: 'ticket' }]);
  });

  it('has its answers below it', async () => {
    open({
      messages: [
        aMessage('VPN?'),
        aMessage('Mail?', { ts: '1772438410.000100' }),
        anAnnouncement('KAN-1', '1772438500.000100', ts),
      ],
    });
    const thread = within(await screen.findByRole('region', { name: 'Thread below bob’s message' }));
    thread.getByText('1 reply');
    thread.getByRole('button', { name: 'Approve' });
    expect(screen.getAllByRole('button', { name: 'Approve' })).toHaveLength(1);
  });

  it('is answered in its thread', async () => {
    const { user, done } = open();
    await user.click(await screen.findByRole('button', { name: 'Reply in thread' }));
    await user.type(await box('Reply to bob'), '@ticket_agent please{Enter}');
    expect(done('demo:type')).toEqual([{ line: '@ticket_agent please', place: 'channel', thread: ts }]);
    await box();
    await user.click(screen.getByRole('button', { name: 'Reply in thread' }));
    await user.type(await box('Reply to bob'), '{Escape}');
    await box();
  });

  it('says where the app did not take what was done to it', async () => {
    const { user } = open(
      {},
      {
        'demo:react': () => {
          throw new AppError('unavailable', 'The app did not answer.');
        },
      },
    );
    await user.click(await screen.findByRole('button', { name: 'React with :ticket:' }));
    await screen.findByText('The app did not answer.');
  });
});

it('a new message below what somebody reads is told of, an answer in a thread is not', async () => {
  const { change, user } = open();
  const log = await screen.findByRole('log');
  const sizes = { scrollHeight: 900, clientHeight: 300, scrollTop: 0 };
  for (const [name, value] of Object.entries(sizes)) Object.defineProperty(log, name, { value, writable: true });
  fireEvent.scroll(log);
  await screen.findByRole('button', { name: 'Newest message' });
  change({ messages: [aMessage('VPN?'), anAnnouncement('KAN-1', '1772438500.000100', ts)] });
  await screen.findByText('1 reply');
  screen.getByRole('button', { name: 'Newest message' });
  change({ messages: [aMessage('VPN?'), aMessage('For you', { ts: '1772438600.000100', onlyYou: true })] });
  await user.click(await screen.findByRole('button', { name: 'New message' }));
  screen.getByText('There is a new message.');
});

describe('the composer', () => {
  it('offers people behind an @, the app first, and such a text is no mere message', async () => {
    const { user, done } = open();
    const input = await box();
    await user.type(input, 'Help @');
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
      '@ticket_agentFiles what you write, or what the thread is about',
      '@bob',
    ]);
    await user.keyboard('{Enter}');
    expect(input).toHaveProperty('value', 'Help @ticket_agent ');
    expect(screen.queryByText(/it is only a message/)).toBeNull();
    await user.type(input, 'VPN{Enter}');
    expect(done('demo:type')).toEqual([{ line: 'Help @ticket_agent VPN', place: 'channel', thread: null }]);
  });

  it('has the global shortcut behind a plus, and behind a slash', async () => {
    const { user, done } = open();
    await user.click(await screen.findByRole('button', { name: 'Shortcuts' }));
    await user.click(await screen.findByRole('menuitem', { name: /New ticket/ }));
    await user.type(await box(), '/new{Enter}');
    expect(await box()).toHaveProperty('value', '');
    expect(done('demo:shortcut')).toEqual([
      { id: 'new_ticket', ts: null },
      { id: 'new_ticket', ts: null },
    ]);
  });
});

describe('the places', () => {
  it('are the channel, the app’s direct messages and its Home', async () => {
    const { user, done } = open({ direct: [aMessage('Your code', { isApp: true })] });
    await user.click(await screen.findByRole('tab', { name: 'Direct messages' }));
    within(screen.getByRole('log', { name: 'Direct messages' })).getByText('Your code');
    await user.type(await box('Write to AI Ticket Agent'), 'My screen flickers{Enter}');
    expect(done('demo:type')).toEqual([{ line: 'My screen flickers', place: 'direct', thread: null }]);
    await user.click(screen.getByRole('tab', { name: '#support' }));
    screen.getByRole('log', { name: '#support' });
  });

  it('say where something new has come meanwhile', async () => {
    const { user, change } = open();
    await screen.findByRole('tab', { name: 'Direct messages' });
    change({ direct: [aMessage('For you')] });
    await user.click(await screen.findByRole('tab', { name: 'Direct messages, new messages' }));
    await screen.findByRole('tab', { name: 'Direct messages' });
  });

  it('Home is drawn by the app each time that it is opened, and its buttons work', async () => {
    const { user, change, done } = open();
    await user.click(await screen.findByRole('tab', { name: 'App Home' }));
    await screen.findByText(/has not drawn its Home/);
    expect(done('demo:open-home')).toHaveLength(1);
    const button = { type: 'button', actionId: 'new', label: 'New ticket', style: 'primary' } as const;
    change({ home: { id: 'V2', blocks: [{ type: 'actions', id: 'top', elements: [button] }] } });
    await user.click(await screen.findByRole('button', { name: 'New ticket' }));
    expect(done('demo:act')).toEqual([{ viewId: 'V2', blockId: 'top', actionId: 'new', value: [], values: [] }]);
  });
});

describe('ideas', () => {
  it('lead through every door', async () => {
    const { user, done } = open({
      issues: [],
      messages: [aMessage('VPN?'), aMessage('CRM?', { ts: '1772438410.000100' })],
    });
    const doors = within(await screen.findByRole('list', { name: 'Other doors' }));
    await user.click(doors.getByRole('button', { name: 'Open the form “New ticket”' }));
    await user.click(doors.getByRole('button', { name: 'Put 🎫 on bob’s message' }));
    await user.click(doors.getByRole('button', { name: '“File as a ticket” in the menu of bob’s message' }));
    expect(done('demo:react')).toEqual([{ ts: '1772438410.000100', name: 'ticket' }]);
    expect(done('demo:shortcut')).toEqual([
      { id: 'new_ticket', ts: null },
      { id: 'file_message', ts },
    ]);
    await user.click(doors.getByRole('button', { name: 'Mention @ticket_agent' }));
    const channel = await box();
    expect(channel).toHaveProperty('value', '@ticket_agent The printer on floor 3 jams');
    await user.clear(channel);
    await user.click(doors.getByRole('button', { name: 'Look at App Home' }));
    expect(done('demo:open-home')).toHaveLength(1);
    await user.click(screen.getByRole('tab', { name: '#support' }));
    await user.click(await screen.findByRole('button', { name: 'Write to the app directly' }));
    const direct = await box('Write to AI Ticket Agent');
    await waitFor(() => expect(document.activeElement).toBe(direct));
    expect(direct).toHaveProperty('value', 'My screen flickers');
    await user.clear(direct);
  });

  it('go once somebody has done something, and come back by their button', async () => {
    open({ issues: [], messages: [aMessage('Is it down?', { author: 'alice' })] });
    await box();
    expect(screen.queryByRole('list', { name: 'Ideas for tickets' })).toBeNull();
    screen.getByRole('button', { name: 'Ideas' });
  });
});
