import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { type TrayState, trayIcon, trayMenu, trayTooltip } from '../../../electron/shell/tray-view.ts';
import type { AppStatus } from '../../../shared/app-status.ts';
import { anUntouchedStatus, aStatus } from '../../fakes/app-status.ts';

const status = aStatus({ model: anUntouchedStatus().model });
const broken = { state: 'trouble', code: 'unauthorized', detail: 'Renew it.' } as const;
const slackIs = (change: Partial<AppStatus['slack']>): AppStatus => ({
  ...status,
  slack: { ...status.slack, ...change },
});

describe('the tray icon', () => {
  it.each<[string, string, AppStatus]>([
    ['connected', 'Slack and Jira work, whatever the model does', status],
    ['trouble', 'Slack does not work', slackIs(broken)],
    ['trouble', 'Jira does not work', { ...status, jira: broken }],
    ['off', 'Slack is connecting', slackIs({ state: 'busy', code: 'connecting' })],
    ['off', 'Jira is not set up', { ...status, jira: { state: 'off', code: 'not_configured', detail: null } }],
    ['off', 'the person paused it, though Jira does not work', { ...slackIs({ paused: true }), jira: broken }],
    ['trouble', 'the disk has no room', { ...status, disk: { state: 'trouble', code: 'low', detail: 'Make room.' } }],
    ['trouble', 'the log cannot be read', { ...status, log: { ...status.log, message: 'It is damaged.' } }],
    ['connected-badge', 'a ticket needs a person', { ...status, attention: 1, unfinished: 1 }],
    ['connected', 'a ticket only waits for another try', { ...status, unfinished: 1 }],
    [
      'off-badge',
      'it is paused and a ticket needs a person',
      { ...slackIs({ paused: true }), attention: 4, unfinished: 4 },
    ],
  ])('is %s when %s', (icon, _, given) => {
    expect(trayIcon(given)).toBe(icon);
  });
});

describe('the tooltip', () => {
  it('says how things are in a line, and what needs a person in another', () => {
    expect(trayTooltip(status)).toBe('AI Ticket Agent: connected');
    expect(trayTooltip({ ...slackIs(broken), attention: 1, unfinished: 1 })).toBe(
      'AI Ticket Agent: needs a look\n1 ticket needs attention',
    );
    expect(trayTooltip({ ...slackIs({ paused: true }), attention: 2, unfinished: 3, demo: true })).toBe(
      'AI Ticket Agent (demo): paused\n2 tickets need attention\n1 ticket is under way',
    );
  });
});

/** The menu, and what its clicks did. */
function open(state: Partial<TrayState> = {}) {
  const calls: unknown[][] = [];
  const menu = trayMenu(
    { status, latest: [], ...state },
    {
      onOpen: () => calls.push(['open']),
      onOpenView: (view) => calls.push(['view', view]),
      onOpenTicket: (requestId) => calls.push(['ticket', requestId]),
      onPause: (paused) => calls.push(['pause', paused]),
      onQuit: () => calls.push(['quit']),
    },
  );
  return { calls, menu, labels: menu.map(({ label, type }) => label ?? type) };
}

/** As Electron does; what it passes is not used. */
function click(menu: MenuItemConstructorOptions[], label: string): void {
  const item = menu.find((each) => each.label === label);
  if (item?.click === undefined) throw new Error(`${label} cannot be clicked.`);
  Reflect.apply(item.click, undefined, []);
}

describe('the menu', () => {
  it('has no more than it needs while nothing has happened', () => {
    expect(open().labels).toEqual([
      'Open AI Ticket Agent',
      'separator',
      'Slack: connected',
      'Jira: connected',
      'Model: no file chosen',
      'separator',
      'Pause',
      'separator',
      'Quit',
    ]);
  });

  it('opens the window, pauses and quits', () => {
    const { menu, calls } = open();
    for (const label of ['Open AI Ticket Agent', 'Pause', 'Quit']) click(menu, label);
    expect(calls).toEqual([['open'], ['pause', true], ['quit']]);
  });

  it('counts what needs attention and what is unfinished, and opens the list there', () => {
    const { menu, calls } = open({ status: { ...status, attention: 3, unfinished: 5 } });
    for (const label of ['Needs attention (3)', 'Unfinished (5)']) click(menu, label);
    expect(calls).toEqual([
      ['view', 'attention'],
      ['view', 'unfinished'],
    ]);
  });

  it('does not count twice where all that is unfinished needs a person', () => {
    const { labels } = open({ status: { ...status, attention: 2, unfinished: 2 } });
    expect(labels.slice(0, 3)).toEqual(['Open AI Ticket Agent', 'Needs attention (2)', 'separator']);
  });

  it('offers to resume what was paused', () => {
    const { menu, calls, labels } = open({ status: slackIs({ paused: true, state: 'off' }) });
    expect(labels).toContain('Slack: paused');
    expect(labels).not.toContain('Pause');
    click(menu, 'Resume');
    expect(calls).toEqual([['pause', false]]);
  });

  it('lists the five latest tickets, cut to a line, and opens the one that is clicked', () => {
    const latest = Array.from({ length: 7 }, (_, n) => ({
      requestId: `r${n}`,
      issueKey: n === 0 ? null : `KAN-${n}`,
      summary: n === 1 ? 'x'.repeat(80) : `R&D ${n}`,
    }));
    const { menu, labels, calls } = open({ latest });
    expect(labels.slice(6, 11)).toEqual([
      'Not in Jira yet: R&&D 0',
      `KAN-1: ${'x'.repeat(47)}…`,
      'KAN-2: R&&D 2',
      'KAN-3: R&&D 3',
      'KAN-4: R&&D 4',
    ]);
    click(menu, 'KAN-3: R&&D 3');
    expect(calls).toEqual([['ticket', 'r3']]);
  });

  it('lets no summary turn the line round, or break it', () => {
    const named = (issueKey: string, summary: string) => ({ requestId: issueKey, issueKey, summary });
    const { labels } = open({ latest: [named('KAN-1', 'a \u202Eb\nc'), named('KAN-2', 'המדפסת בוערת')] });
    expect(labels).toEqual(expect.arrayContaining(['KAN-1: a b c', 'KAN-2: \u2068המדפסת בוערת\u2069']));
  });

  it.each<[string, AppStatus]>([
    ['Slack: token refused', slackIs(broken)],
    ['Slack: connection lost, trying again', slackIs({ state: 'trouble', code: 'unavailable' })],
    ['Slack: not set up', slackIs({ state: 'off', code: 'not_configured' })],
    ['Jira: cannot be reached', { ...status, jira: { ...broken, code: 'unavailable' } }],
    ['Jira: needs a look', { ...status, jira: { ...broken, code: 'bad_response' } }],
    ['Disk: almost full', { ...status, disk: { ...broken, code: 'low' } }],
    ['Disk: full', { ...status, disk: { ...broken, code: 'full' } }],
    ['Ticket log: cannot be read', { ...status, log: { ...status.log, message: 'It is damaged.' } }],
    [
      'Model: the GGUF cannot be used',
      { ...status, model: { ...broken, code: 'model_failed', file: 'tiny.gguf', device: null } },
    ],
  ])('says "%s", which cannot be clicked', (label, given) => {
    expect(open({ status: given }).menu).toContainEqual({ label, enabled: false });
  });
});
