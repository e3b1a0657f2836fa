import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import PQueue from 'p-queue';
import type { JiraHealth, SlackHealth } from '../../shared/app-status.ts';
import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { createMarkSeal } from '../jira/marks/mark-seal.ts';
import type { Logger } from '../logging/logging.ts';
import { createRequestBudget } from '../network/request-budget.ts';
import type { MarkKeyring } from '../settings/mark-keys.ts';
import { usualProject } from '../tickets/destination.ts';
import type { Classifier } from '../tickets/ports/classifier.ts';
import type { Messenger } from '../tickets/ports/messenger.ts';
import type { TicketLog } from '../tickets/ports/ticket-log.ts';
import type { Instance } from '../tickets/ports/ticket-store.ts';
import { retryDelayMs } from '../tickets/retry-delay.ts';
import { ticketRun } from '../tickets/ticket-run.ts';
import { createTicketService, type TicketService } from '../tickets/ticket-service.ts';
import { createJiraPart, type JiraPart } from './jira-part.ts';
import type { OldElectron } from './old-electron.ts';
import { createSlackParts } from './slack-parts.ts';

export interface AgentDeps {
  settings: Settings;
  log: TicketLog;
  /** Folder in which a file of a message lies while it is passed on; what an earlier run left there is deleted. */
  transferFolder: string;
  /** Who works on the tickets here. */
  instance: Instance;
  classifier: Classifier;
  oldElectron: Pick<OldElectron, 'refusal'>;
  /** Where the settings do not say when a label is unsure. */
  unsureBelow: number;
  /** Keys that decisions are sealed with; made of the bot token of these settings. */
  markKeys: Pick<MarkKeyring, 'keys' | 'confirm'>;
  /** Milliseconds before work on what Slack delivered before, maybe to another desktop; 5,000 where absent. */
  deliveredAgainMs?: number;
  onSlack(state: SlackHealth): void;
  onJira(state: JiraHealth): void;
  /** Slack told the bot's scopes; null: they are not known any more. */
  onScopes?(granted: readonly string[] | null): void;
  onTicket(ticket: Ticket): void;
  onError(error: AppError, about?: string): void;
  logger: Logger;
}

/** A part that is to be tried again as it is, because a person saved what it needs. */
export type RetriedPart = 'slack' | 'jira';

/** The program without its window: Slack, Jira, the classifier and the log. */
export interface Agent {
  tickets: TicketService;
  /** The one that the settings name now. */
  messenger(): Messenger;
  /** Slack's id of the workspace; null before the first connection. */
  team(): string | null;
  /** Comes back at once; `onSlack` and `onJira` tell how it goes. `isPaused`: without a line to Slack, until resumed. */
  start(isPaused: boolean): void;
  /**
   * Works with other settings from now on, without a moment in which a command would be lost: only what they change is
   * replaced, and a new line to Slack is open before the old one closes. Comes back at once.
   */
  apply(settings: Settings, retried: ReadonlySet<RetriedPart>): void;
  /** Asks these parts again as they are, and goes on with what waits for them. */
  tryNow(parts: ReadonlySet<RetriedPart>): void;
  /** Closes the line to Slack, or opens it again; what was received goes on meanwhile. */
  pause(isPaused: boolean): Promise<void>;
  /** Closes the line to Slack before the computer sleeps, and begins nothing more until `wake`; 2 s at most. */
  sleep(): Promise<void>;
  /** Sees to it, after sleep or a change of the network, that there is a line to Slack, and asks Jira again. */
  wake(): void;
  /** Interrupts the work in hand and closes the line to Slack. */
  stop(): Promise<void>;
}

/** Slack's line stays open this long while the steps in hand end. */
const lastCallMs = 2_000;
/**
 * Time between two looks for what other desktops decided, in milliseconds: what they decide is known here within a minute,
 * or later where 400 tickets or more wait, of which each look reads 200; on Data Center, which is asked for each, 60 and 30.
 */
const decisionsEveryMs = 30_000;
/** A service that does not answer is probed once a minute at least. */
const probeDelayMs = (round: number) => Math.min(60_000, retryDelayMs(round));

export function createAgent(deps: AgentDeps): Agent {
  const { log, classifier, markKeys, onError } = deps;
  const seal = createMarkSeal(markKeys.keys);
  let { settings } = deps;
  const stopping = new AbortController();
  const budget = createRequestBudget(stopping.signal);
  /** What is asked of others: held back while the computer sleeps. */
  const work = new PQueue();
  const unlessAsleep = <T>(request: () => Promise<T>): Promise<T> => work.add(request);

  rmSync(deps.transferFolder, { recursive: true, force: true });

  let jira = jiraWith(jiraSettings(settings));
  const slack = createSlackParts(settings.slack, {
    beforeRequest: confirmClaim,
    send: unlessAsleep,
    transferFolder: deps.transferFolder,
    retryDelayMs,
    probeDelayMs,
    refusal: (address) => deps.oldElectron.refusal('Slack', address),
    onState(state) {
      const team = slack.team();
      const { botToken } = settings.slack;
      if (state.state === 'ok' && team !== null && botToken !== null) void markKeys.confirm(botToken, team);
      deps.onSlack(state);
    },
    onBack: resumeWaiting,
    onScopes: (granted) => deps.onScopes?.(granted),
    externalMayDecide: () => settings.people.externalMayDecide,
    channels: () => settings.channels.rules,
    deliveredAgainMs: deps.deliveredAgainMs,
    onError,
    logger: deps.logger,
  });
  const tickets = createTicketService({
    log,
    instance: deps.instance,
    classifier: { classify: (text, limits) => unlessAsleep(() => classifier.classify(text, limits)) },
    tracker: () => jira.tracker,
    messenger: slack.messenger,
    people: slack.people,
    files: slack.files,
    retryDelayMs,
    rules: () => settings,
    unsureBelow: deps.unsureBelow,
    retryNow() {
      jira.tryNow();
      slack.tryNow();
    },
    onChange(ticket) {
      slack.ticketChanged(ticket);
      deps.onTicket(ticket);
    },
    onError,
  });
  let decisionTimer: NodeJS.Timeout | undefined;

  /**
   * Sees, just before a request is made on behalf of a ticket, that it is still ours: while its turn was waited for, or the
   * computer slept, another desktop that shares the tickets may have gone on with it.
   */
  async function confirmClaim(): Promise<void> {
    const run = ticketRun.getStore();
    if (run === undefined) return;
    // The computer may fall asleep meanwhile.
    do await unlessAsleep(run.confirmClaim);
    while (work.isPaused);
  }

  function jiraWith(wanted: Settings['jira']): JiraPart {
    return createJiraPart(wanted, {
      // A ticket that fails again and again waits before its requests are made.
      async beforeRequest() {
        const run = ticketRun.getStore();
        if (run === undefined) return;
        await budget.spend(run);
        await confirmClaim();
      },
      send: unlessAsleep,
      seal,
      probeDelayMs,
      refusal: (address) => deps.oldElectron.refusal('Jira', address),
      onState: deps.onJira,
      onBack: resumeWaiting,
    });
  }

  /** What other desktops decided; while Jira is in trouble the next time will do. */
  function learnDecisions(): void {
    tickets.mergeRemote().catch((thrown) => {
      const error = toAppError(thrown);
      if (reactionTo(error.code) === 'give_up') onError(error, 'decisions');
    });
  }

  function resume(): void {
    tickets.resume().catch((thrown) => onError(toAppError(thrown), 'resume'));
  }

  function resumeWaiting(): void {
    tickets.resumeWaiting().catch((thrown) => onError(toAppError(thrown), 'resume'));
  }

  function tryNow(parts: ReadonlySet<RetriedPart>): void {
    if (parts.has('jira')) {
      jira.tryNow();
      jira.check();
    }
    if (parts.has('slack')) slack.tryNow();
    if (parts.size > 0) resume();
  }

  return {
    tickets,
    messenger: slack.messenger,
    team: slack.team,
    start(isPaused) {
      jira.check();
      decisionTimer = setInterval(learnDecisions, decisionsEveryMs);
      slack.start(tickets, isPaused);
      resume();
    },
    apply(next, retried) {
      const wanted = jiraSettings(next);
      const isOtherJira = !isDeepStrictEqual(jiraSettings(settings), wanted);
      const areOtherChannels = !isDeepStrictEqual(settings.channels, next.channels);
      settings = next;
      if (isOtherJira) {
        jira.stop();
        jira = jiraWith(wanted);
        jira.check();
      }
      const isOtherSlack = slack.apply(next.slack, tickets);
      tryNow(new Set([...retried].filter((part) => part !== 'jira' || !isOtherJira)));
      if (isOtherJira || isOtherSlack || areOtherChannels) resume();
    },
    tryNow,
    pause: (isPaused) => slack.pause(tickets, isPaused),
    async sleep() {
      work.pause();
      // The computer does not wait: Slack must hear first, lest it sends commands to nobody.
      const closed = slack.sleep();
      await Promise.all([closed, Promise.race([work.onPendingZero(), wait(lastCallMs)])]);
    },
    wake() {
      tickets.wake();
      work.start();
      jira.wake();
      slack.wake(tickets);
      jira.check();
      resumeWaiting();
    },
    async stop() {
      jira.stop();
      clearInterval(decisionTimer);
      work.start();
      const stopped = tickets.stop();
      stopping.abort(new AppError('unavailable', 'The program is stopping.', { isHeldBack: true }));
      // Meanwhile commands are still taken and written down; whoever runs next goes on with them.
      await Promise.race([stopped, wait(lastCallMs)]);
      await slack.stop();
      await stopped;
    },
  };
}

/** The way into Jira: where no project is for all, one of a channel's shows whether it works. */
function jiraSettings(settings: Settings): Settings['jira'] {
  return { ...settings.jira, project: usualProject(settings) || null };
}
