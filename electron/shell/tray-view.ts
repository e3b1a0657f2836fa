import type { MenuItemConstructorOptions } from 'electron';
import type { AppStatus, JiraHealth, ModelHealth, PartHealth, SlackHealth } from '../../shared/app-status.ts';
import { isolated, withoutBidiControls } from '../../shared/bidi.ts';
import type { TicketViewName } from '../../shared/ticket-list.ts';

export interface TrayState {
  status: AppStatus;
  /** The latest tickets, newest first. */
  latest: { requestId: string; issueKey: string | null; summary: string }[];
}

export interface TrayActions {
  onOpen(): void;
  onOpenTicket(requestId: string): void;
  onOpenView(view: TicketViewName): void;
  onPause(paused: boolean): void;
  onQuit(): void;
}

/** Characters of a summary in the menu. */
const longestSummary = 48;
const ticketsInMenu = 5;

/** Name of the icon, without size: what it says is told by its shape, and a dot stands for what needs a person. */
export function trayIcon(status: AppStatus): string {
  return status.attention > 0 ? `${moodOf(status)}-badge` : moodOf(status);
}

function moodOf({ slack, jira, disk, log }: AppStatus): 'connected' | 'trouble' | 'off' {
  if (slack.paused) return 'off';
  // Without room or without the log no ticket can be taken.
  const isStuck = disk.state === 'trouble' || log.message !== null;
  if (isStuck || slack.state === 'trouble' || jira.state === 'trouble') return 'trouble';
  return slack.state === 'ok' && jira.state === 'ok' ? 'connected' : 'off';
}

export function trayTooltip(status: AppStatus): string {
  const state = { connected: 'connected', trouble: 'needs a look', off: 'not connected' }[moodOf(status)];
  const lines = [attentionWords(status.attention), underWayWords(underWay(status))].filter((words) => words !== null);
  const name = status.demo ? 'AI Ticket Agent (demo)' : 'AI Ticket Agent';
  return [`${name}: ${status.slack.paused ? 'paused' : state}`, ...lines].join('\n');
}

export function trayMenu({ status, latest }: TrayState, actions: TrayActions): MenuItemConstructorOptions[] {
  const { slack, jira, model, disk, log, attention, unfinished } = status;
  const line = (label: string): MenuItemConstructorOptions => ({ label: plain(label), enabled: false });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const tickets = latest.slice(0, ticketsInMenu).map(
    ({ requestId, issueKey, summary }): MenuItemConstructorOptions => ({
      label: plain(`${issueKey ?? 'Not in Jira yet'}: ${isolated(cut(summary))}`),
      click: () => actions.onOpenTicket(requestId),
    }),
  );
  return [
    { label: 'Open AI Ticket Agent', click: actions.onOpen },
    ...(attention > 0
      ? [{ label: `Needs attention (${attention})`, click: () => actions.onOpenView('attention') }]
      : []),
    ...(underWay(status) > 0
      ? [{ label: `Unfinished (${unfinished})`, click: () => actions.onOpenView('unfinished') }]
      : []),
    separator,
    line(`Slack: ${slack.paused ? 'paused' : slackWords[slack.state](slack)}`),
    line(`Jira: ${jiraWords[jira.state](jira)}`),
    line(`Model: ${modelWords[model.state](model)}`),
    ...(disk.state === 'trouble' ? [line(disk.code === 'full' ? 'Disk: full' : 'Disk: almost full')] : []),
    ...(log.message === null ? [] : [line('Ticket log: cannot be read')]),
    separator,
    ...(tickets.length > 0 ? [...tickets, separator] : []),
    slack.paused
      ? { label: 'Resume', click: () => actions.onPause(false) }
      : { label: 'Pause', click: () => actions.onPause(true) },
    separator,
    { label: 'Quit', click: actions.onQuit },
  ];
}

type Words<Health extends PartHealth> = Record<Health['state'], (health: Health) => string>;

const notConnected = ({ code }: PartHealth) => (code === 'not_configured' ? 'not set up' : 'not connected');

const slackWords: Words<SlackHealth> = {
  off: notConnected,
  busy: () => 'connecting',
  ok: () => 'connected',
  trouble: ({ code }) => (code === 'unauthorized' ? 'token refused' : 'connection lost, trying again'),
};

const jiraTroubles: ReadonlyMap<JiraHealth['code'], string> = new Map([
  ['unauthorized', 'token refused'],
  ['forbidden', 'access refused'],
  ['unavailable', 'cannot be reached'],
]);

const jiraWords: Words<JiraHealth> = {
  off: notConnected,
  ok: () => 'connected',
  trouble: ({ code }) => jiraTroubles.get(code) ?? 'needs a look',
};

const modelWords: Words<ModelHealth> = {
  off: () => 'no file chosen',
  busy: () => 'loading',
  ok: () => 'ready',
  trouble: () => 'the GGUF cannot be used',
};

/** Unfinished tickets that go on by themselves. */
function underWay({ unfinished, attention }: AppStatus): number {
  return unfinished - attention;
}

function underWayWords(count: number): string | null {
  if (count === 0) return null;
  return count === 1 ? '1 ticket is under way' : `${count} tickets are under way`;
}

function attentionWords(count: number): string | null {
  if (count === 0) return null;
  return count === 1 ? '1 ticket needs attention' : `${count} tickets need attention`;
}

function cut(summary: string): string {
  const line = withoutBidiControls(summary.replace(/[\s\p{Cc}]+/gu, ' '));
  const characters = Array.from(line);
  if (characters.length <= longestSummary) return line;
  return `${characters
    .slice(0, longestSummary - 1)
    .join('')
    .trimEnd()}…`;
}

/** Doubles each `&`: in a menu a single one marks the next letter as its key. */
function plain(label: string): string {
  return label.replaceAll('&', '&&');
}
