import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '@slack/bolt';
import PQueue from 'p-queue';
import type { PartState } from '../shared/desk-status.ts';
import { AppError, reactionTo, toAppError } from '../shared/errors.ts';
import type { Settings } from '../shared/settings.ts';
import type { Ticket } from '../shared/ticket.ts';
import { createJiraTracker } from './jira/jira-tracker.ts';
import { createServiceGuard, type ServiceGuard } from './network/service-guard.ts';
import { jiraPart, type SlackPart, slackPart } from './part-states.ts';
import { createSlackConnection, type SlackConnection } from './slack/slack-connection.ts';
import type { SlackState } from './slack/supervised-receiver.ts';
import type { Classifier, IssueTracker, Messenger, TicketLog } from './tickets/ports.ts';
import { retryDelayMs } from './tickets/retry-delay.ts';
import { createTicketService, type TicketService } from './tickets/ticket-service.ts';
import { unusableTracker, watchTracker } from './tickets/watched-tracker.ts';

export interface AgentDeps {
  settings: Settings;
  log: TicketLog;
  classifier: Classifier;
  /** Who may do what, as it is now: asked whenever it matters. */
  people(): Settings['people'];
  /** Where the settings do not say when a label is unsure. */
  unsureBelow: number;
  onSlack(state: SlackPart): void;
  onJira(state: PartState): void;
  onTicket(ticket: Ticket): void;
  onError(error: AppError, about?: string): void;
  logger: Pick<Logger, 'warn' | 'error'>;
}

/** The program without its window: Slack, Jira, the classifier and the log, for one set of settings. */
export interface Agent {
  tickets: TicketService;
  messenger: Messenger;
  /** Slack's id of the workspace; null before the first connection. */
  team(): string | null;
  /** Comes back at once; `onSlack` and `onJira` tell how it goes. `isPaused`: without a line to Slack, until resumed. */
  start(isPaused: boolean): void;
  /** Closes the line to Slack, or opens it again; what was received goes on meanwhile. */
  pause(isPaused: boolean): Promise<void>;
  /** Before the computer sleeps: closes the line to Slack and begins nothing more until `wake`; 2 s at most. */
  sleep(): Promise<void>;
  /**
   * After sleep or a change of the network: sees to it that there is a line to Slack, asks Jira again and tries what
   * waits for a time.
   */
  wake(): void;
  /** Parks the work in hand and closes the line to Slack. */
  stop(): Promise<void>;
}

/** Slack's line stays open this long while the steps in hand end. */
const lastCallMs = 2_000;
/** While Jira is in passing trouble, it is asked again after this long. */
const jiraCheckMs = 60_000;
/** A decision taken on another desktop is known here within a minute. */
const decisionsEveryMs = 30_000;
/** A service that does not answer is probed once a minute at least. */
const probeDelayMs = (attempt: number) => Math.min(60_000, retryDelayMs(attempt));

export function createAgent(deps: AgentDeps): Agent {
  const { settings, log, classifier, onError } = deps;
  const jira = trackerFor(settings.jira);
  const jiraGuard = createServiceGuard({ name: 'Jira', pausesAll: true, probeDelayMs });
  const tracker = watchTracker(jira, jiraGuard.execute, showJira);
  // A pause that Slack asks for is meant for one channel.
  const slackGuard = createServiceGuard({ name: 'Slack', pausesAll: false, probeDelayMs });
  /** What is asked of others: parked while the computer sleeps. */
  const work = new PQueue();
  const unlessAsleep: CallRunner = (call) => work.add(call);
  // What waits for its turn in a channel is not under way yet: neither the guard nor sleep is to wait for it.
  const askSlack: CallRunner = (call) => slackGuard.execute(() => unlessAsleep(call));
  const slack = slackFor({ ...deps, onSlack: showSlack }, askSlack);
  const messenger = slack instanceof AppError ? unusableMessenger(slack) : slack.messenger;
  const tickets = createTicketService({
    log,
    classifier: through(classifier, unlessAsleep),
    tracker: through(tracker, unlessAsleep),
    messenger,
    retryDelayMs,
    lookForMs: settings.jira.lookForSeconds * 1000,
    hurry,
    unsureBelow: settings.classification.unsureBelow ?? deps.unsureBelow,
    labelToIssueType: settings.jira.labelToIssueType,
    ticketsPerMinute: () => deps.people().ticketsPerMinute,
    statusProjects: () => deps.people().statusProjects,
    onChange: deps.onTicket,
    onError,
  });
  let timer: NodeJS.Timeout | undefined;
  let decisionTimer: NodeJS.Timeout | undefined;
  let jiraReaction: ReturnType<typeof reactionTo> | null = null;
  let wasSlackInTrouble = false;
  let stopped = false;

  function showJira(error: AppError | null): void {
    if (stopped) return;
    deps.onJira(jiraPart(error));
    clearTimeout(timer);
    const wasInTrouble = jiraReaction === 'retry';
    jiraReaction = error === null ? null : reactionTo(error.code);
    // What waits for a time of its own need not wait any longer.
    if (error === null && wasInTrouble) resume();
    // A refused login is not sent again by itself: that would end in a captcha.
    if (jiraReaction === 'retry') timer = setTimeout(() => void checkJira(), jiraCheckMs);
  }

  async function checkJira(): Promise<void> {
    await jiraGuard.execute(jira.check).then(
      () => showJira(null),
      (thrown) => showJira(toAppError(thrown)),
    );
  }

  function showSlack(state: SlackPart): void {
    const isBack = state.state === 'ok' && wasSlackInTrouble;
    // On its way back the line is neither.
    if (state.state === 'ok' || state.state === 'trouble') wasSlackInTrouble = state.state === 'trouble';
    deps.onSlack(state);
    if (!isBack) return;
    hurry();
    resume();
  }

  /** The network may be back, or a person says so: the next call to each service is made, whatever failed before. */
  function hurry(): void {
    jiraGuard.reset();
    slackGuard.reset();
  }

  /** What other desktops decided; while Jira is in trouble the next time will do. */
  function learnDecisions(): void {
    tickets.learnMarks().catch((thrown) => {
      const error = toAppError(thrown);
      if (reactionTo(error.code) === 'give_up') onError(error, 'decisions');
    });
  }

  function resume(): void {
    tickets.resume().catch((thrown) => onError(toAppError(thrown), 'resume'));
  }

  return {
    tickets,
    messenger,
    team: () => (slack instanceof AppError ? null : slack.team()),
    start(isPaused) {
      void checkJira();
      decisionTimer = setInterval(learnDecisions, decisionsEveryMs);
      if (slack instanceof AppError) {
        deps.onSlack(slackPart({ state: 'disconnected', code: slack.code, message: slack.message }));
      } else if (isPaused) {
        deps.onSlack(slackPart({ state: 'disconnected', code: 'stopped', message: 'The line to Slack is paused.' }));
      } else {
        slack.start(tickets);
      }
      resume();
    },
    async pause(isPaused) {
      if (slack instanceof AppError) return;
      if (isPaused) await slack.stop();
      else slack.start(tickets);
    },
    async sleep() {
      work.pause();
      // The computer does not wait: Slack must hear first, lest it sends commands to nobody.
      const closed = slack instanceof AppError ? null : slack.sleep();
      await Promise.all([closed, Promise.race([work.onPendingZero(), wait(lastCallMs)])]);
    },
    wake() {
      // First, or what was parked would be refused.
      hurry();
      work.start();
      if (!(slack instanceof AppError)) slack.wake();
      // A refused login is not sent again.
      if (jiraReaction !== 'park') void checkJira();
      resume();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      clearInterval(decisionTimer);
      work.start();
      const parked = tickets.stop();
      // Meanwhile commands are still taken and written down; whoever runs next goes on with them.
      await Promise.race([parked, wait(lastCallMs)]);
      if (!(slack instanceof AppError)) await slack.stop();
      await parked;
    },
  };
}

type CallRunner = ServiceGuard['execute'];

/** The same port, each of whose calls is made by `run`. */
function through<Port extends object>(port: Port, run: CallRunner): Port {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => run(async () => Reflect.apply(member, target, given));
    },
  });
}

const slackMissing = 'Set SLACK_BOT_TOKEN (xoxb-…) and SLACK_APP_TOKEN (xapp-…).';

/** The line to Slack, or why there can be none with these settings. */
function slackFor(
  { settings, people, onSlack, onError, logger }: AgentDeps,
  guard: CallRunner,
): SlackConnection | AppError {
  const { botToken, appToken, apiUrl } = settings.slack;
  if (botToken === null || appToken === null) return new AppError('not_configured', slackMissing);
  const onState = (state: SlackState) => onSlack(slackPart(state));
  try {
    const tokens = { botToken, appToken };
    return createSlackConnection({
      ...{ tokens, apiUrl, onState, onError, retryDelayMs, guard, logger },
      externalMayDecide: () => people().externalMayDecide,
    });
  } catch (thrown) {
    return toAppError(thrown);
  }
}

function trackerFor(jira: Settings['jira']): IssueTracker {
  const { baseUrl, email, apiToken, project, deployment } = jira;
  if (deployment === 'datacenter') return unusableTracker('Jira Data Center is not supported yet.');
  if (baseUrl === null || email === null || apiToken === null || project === null) {
    const missing = Object.entries({
      JIRA_BASE_URL: baseUrl,
      JIRA_EMAIL: email,
      JIRA_API_TOKEN: apiToken,
      JIRA_PROJECT_KEY: project,
    })
      .filter(([, value]) => value === null)
      .map(([name]) => name);
    return unusableTracker(`Jira is not set up. Set ${missing.join(', ')}.`);
  }
  const { labelToIssueType, defaultFields } = jira;
  return createJiraTracker({ baseUrl, email, apiToken, project, labelToIssueType, defaultFields });
}

/** Without Slack nothing can be said: tickets of an earlier run wait until the settings change. */
function unusableMessenger(reason: AppError): Messenger {
  const refuse = async () => {
    throw reason;
  };
  return {
    announce: refuse,
    announcePrivately: refuse,
    findAnnouncement: refuse,
    showDecision: refuse,
    showLabel: refuse,
    permalink: refuse,
    sendCode: refuse,
    explain: refuse,
  };
}
