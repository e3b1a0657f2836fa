import { screen, within } from '@testing-library/react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DemoPage } from '../../../renderer/features/demo/demo-page.tsx';
import { AppError } from '../../../shared/errors.ts';
import { show } from '../show.tsx';
import { aDemo, aMessage, anAnnouncement, anIssue } from './demo-view.ts';

const theBox = () => screen.findByRole('textbox', { name: 'Write to #support' });
const wide = window.matchMedia;
const sent = { channel: 'demo:type', request: { line: '/ticket The VPN is down', place: 'channel', thread: null } };

describe('the channel', () => {
  it('begins in the composer, with ideas to take', async () => {
    const { user } = show(<DemoPage />, { 'demo:read': () => aDemo({ issues: [anIssue('KAN-1')] }) });
    const box = await theBox();
    expect(document.activeElement).toBe(box);
    await user.click(screen.getByRole('button', { name: 'Ideas' }));
    screen.getByRole('button', { name: 'How do I reset my password?' });
  });

  it('files a suggested ticket with a click and Enter', async () => {
    let view = aDemo();
    const { bridge, user } = show(<DemoPage />, {
      'demo:read': () => view,
      'demo:type': () => {
        view = aDemo({ messages: [anAnnouncement('KAN-1')], issues: [anIssue('KAN-1')] });
        bridge.change('demo');
      },
    });
    await user.click(await screen.findByRole('button', { name: 'How do I reset my password?' }));
    await user.keyboard('{Enter}');
    expect(bridge.asked).toContainEqual({
      channel: 'demo:type',
      request: { line: '/ticket How do I reset my password?', place: 'channel', thread: null },
    });
    await screen.findByRole('article', { name: 'KAN-1' });
    expect(await theBox()).toHaveProperty('value', '');
    expect(screen.queryByRole('button', { name: 'How do I reset my password?' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Ideas' }));
    screen.getByRole('button', { name: 'How do I reset my password?' });
  });

  it('offers the commands behind a slash', async () => {
    const { bridge, user } = show(<DemoPage />, { 'demo:read': () => aDemo(), 'demo:type': () => undefined });
    const box = await theBox();
    await user.type(box, '/t');
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual([
      '/ticketwhat happened, in your own wordsFiles a ticket',
      '/ticket_statusKAN-1Says how a ticket is doing',
      'New ticketShortcutOpens a form',
    ]);
    await user.keyboard('{ArrowDown}');
    const [, second] = screen.getAllByRole('option');
    expect(box.getAttribute('aria-activedescendant')).toBe(second?.id);
    await user.keyboard('{Enter}KAN-1{Enter}');
    expect(bridge.asked).toContainEqual({
      channel: 'demo:type',
      request: { line: '/ticket_status KAN-1', place: 'channel', thread: null },
    });
  });

  it('closes the commands with Escape, and then Enter sends what is there', async () => {
    const { bridge, user } = show(<DemoPage />, { 'demo:read': () => aDemo(), 'demo:type': () => undefined });
    await user.type(await theBox(), '/ticket{Escape}{Enter}');
    expect(bridge.asked).toContainEqual({
      channel: 'demo:type',
      request: { line: '/ticket', place: 'channel', thread: null },
    });
  });

  it('says that a message without a command is no ticket, and puts the command in front', async () => {
    const { bridge, user } = show(<DemoPage />, { 'demo:read': () => aDemo(), 'demo:type': () => undefined });
    await user.type(await theBox(), 'The VPN is down');
    await user.click(screen.getByRole('button', { name: 'Put /ticket in front' }));
    await user.keyboard('{Enter}');
    expect(bridge.asked).toContainEqual(sent);
  });

  it('starts a new line with Shift and Enter', async () => {
    const { bridge, user } = show(<DemoPage />, { 'demo:read': () => aDemo(), 'demo:type': () => undefined });
    await user.type(await theBox(), '/ticket One{Shift>}{Enter}{/Shift}two{Enter}');
    expect(bridge.asked).toContainEqual({
      channel: 'demo:type',
      request: { line: '/ticket One\ntwo', place: 'channel', thread: null },
    });
  });

  it('keeps the text where the app did not take it', async () => {
    const { user } = show(<DemoPage />, {
      'demo:read': () => aDemo(),
      'demo:type': () => {
        throw new AppError('unavailable', 'The app did not answer.');
      },
    });
    const box = await theBox();
    await user.type(box, '/ticket The VPN is down{Enter}');
    await screen.findByText('The app did not answer.');
    expect(box).toHaveProperty('value', '/ticket The VPN is down');
    await user.clear(box);
  });

  it('clicks a message’s button, and says where that failed', async () => {
    const { bridge, user } = show(<DemoPage />, {
      'demo:read': () => aDemo({ messages: [anAnnouncement('KAN-1')], issues: [anIssue('KAN-1')] }),
      'demo:click': () => {
        throw new AppError('not_found', 'This button is gone.');
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Approve' }));
    expect(bridge.asked).toContainEqual({
      channel: 'demo:click',
      request: { ts: '1772438500.000100', actionId: 'approve_ticket' },
    });
    await screen.findByText('This button is gone.');
  });

  it('chooses from a message’s list', async () => {
    const { bridge, user } = show(<DemoPage />, {
      'demo:read': () => aDemo({ messages: [anAnnouncement('KAN-1')], issues: [anIssue('KAN-1')] }),
      'demo:click': () => undefined,
    });
    await user.click(await screen.findByRole('combobox', { name: 'Wrong type?' }));
    await user.click(await screen.findByRole('option', { name: 'Incident' }));
    expect(bridge.asked).toContainEqual({
      channel: 'demo:click',
      request: { ts: '1772438500.000100', actionId: 'correct_type', option: 'Incident' },
    });
  });

  it('puts what one author says in a row below one name, and marks what only this person sees', async () => {
    const messages = [
      aMessage('First', { ts: '1772438400.000100' }),
      aMessage('Second', { ts: '1772438410.000100' }),
      aMessage('Much later', { ts: '1772439410.000100' }),
      aMessage('Creating your ticket...', {
        ts: '1772439411.000100',
        author: 'AI Ticket Agent',
        isApp: true,
        onlyYou: true,
      }),
    ];
    show(<DemoPage />, { 'demo:read': () => aDemo({ messages }) });
    const groups = within(await screen.findByRole('log', { name: '#support' })).getAllByRole('article');
    expect(groups.map((group) => group.querySelectorAll('p').length - 1)).toEqual([2, 1, 1]);
    expect(within(groups.at(-1) as HTMLElement).queryByText(/Only visible to you/)).not.toBeNull();
    expect(within(groups[0] as HTMLElement).queryByText(/Only visible to you/)).toBeNull();
  });

  it('says where the demo cannot be read', async () => {
    show(<DemoPage />, {
      'demo:read': () => {
        throw new AppError('not_found', 'The demo is not running.');
      },
    });
    await screen.findByText('The demo is not running.');
  });
});

describe('the Jira beside it', () => {
  it('shows the newest issue, another one when asked, and the newest again once one is filed', async () => {
    const done = { name: 'Done', category: 'done' } as const;
    let issues = [anIssue('KAN-2'), anIssue('KAN-1', { status: done })];
    const { bridge, user } = show(<DemoPage />, {
      'demo:read': () => aDemo({ issues, messages: [anAnnouncement('KAN-1')] }),
    });
    const jira = within(await screen.findByRole('region', { name: 'Jira' }));
    jira.getByRole('article', { name: 'KAN-2' });
    await user.click(screen.getByRole('button', { name: 'KAN-1' }));
    within(jira.getByRole('article', { name: 'KAN-1' })).getByText('Done');
    issues = [anIssue('KAN-3'), ...issues];
    bridge.change('demo');
    await jira.findByRole('article', { name: 'KAN-3' });
    await user.click(jira.getByRole('button', { name: /KAN-2/ }));
    jira.getByText('Description of KAN-2');
  });

  it('shows of an issue what Jira shows, and nothing that only programs see', async () => {
    const issue = anIssue('KAN-1', {
      fields: [{ name: 'Priority', value: 'High' }],
      assignee: 'Bob Brown',
      attachments: [{ name: 'screen.png', bytes: 20_400 }],
      comments: [{ author: 'Demo Account', text: ['Looks fine'], at: '2026-03-02T08:00:00.000Z' }],
    });
    show(<DemoPage />, { 'demo:read': () => aDemo({ issues: [issue] }) });
    const article = await screen.findByRole('article', { name: 'KAN-1' });
    const names = [...article.querySelectorAll('dt')].map(({ textContent }) => textContent);
    expect(names).toEqual(['Type', 'Priority', 'Labels', 'Assignee', 'Reporter', 'Created']);
    within(within(article).getByRole('list', { name: 'Attachments' })).getByText('20 kB');
    within(within(article).getByRole('list', { name: 'Comments' })).getByText('Looks fine');
  });

  it('knows how far a person has come, and leads to the list', async () => {
    let isDecided = false;
    const issues = [anIssue('KAN-1')];
    const { bridge, places, user } = show(<DemoPage />, { 'demo:read': () => aDemo({ issues, isDecided }) });
    const steps = within(await screen.findByRole('list', { name: 'What to do in the demo' }));
    const current = () => steps.getAllByRole('listitem').find((item) => item.getAttribute('aria-current') === 'step');
    expect(current()?.textContent).toContain('Approve it');
    isDecided = true;
    bridge.change('demo');
    await user.click(await steps.findByRole('button', { name: 'See it in the list' }));
    expect(current()?.textContent).toContain('See it in the list');
    expect(places).toEqual([{ page: 'Tickets' }]);
  });

  it('opens from a bar below the channel where the window is narrow, and closes again', async () => {
    const query = vi.spyOn(window, 'matchMedia').mockImplementation((media) => ({ ...wide(media), matches: true }));
    onTestFinished(() => query.mockRestore());
    const { user } = show(<DemoPage />, { 'demo:read': () => aDemo({ issues: [anIssue('KAN-1')] }) });
    const bar = await screen.findByRole('button', { name: /Jira KAN-1/, expanded: false });
    await user.click(bar);
    screen.getByRole('article', { name: 'KAN-1' });
    expect(screen.queryByRole('log')).toBeNull();
    await user.keyboard('{Enter}');
    screen.getByRole('log');
  });
});
