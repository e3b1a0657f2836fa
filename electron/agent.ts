import type { Logger } from '@slack/bolt';
import { AppError, type ErrorCode, reactionTo, toAppError } from '../shared/errors.ts';
import type { PartState } from '../shared/ipc.ts';
import type { Settings } from '../shared/settings.ts';
import type { Ticket } from '../shared/ticket.ts';
import { createJiraTracker } from './jira/jira-tracker.ts';
import { createSlackConnection, type SlackConnection } from './slack/slack-connection.ts';
import type { SlackState } from './slack/supervised-receiver.ts';
import type { Classifier, IssueTracker, Messenger, TicketLog } from './tickets/ports.ts';
import { retryDelayMs } from './tickets/retry-delay.ts';
import { createTicketService, type TicketService } from './tickets/ticket-service.ts';

export type Part = 'slack' | 'jira' | 'model';

export interface AgentDeps {
  settings: Settings;
  log: TicketLog;
  classifier: Classifier;
  onPart(part: Part, state: PartState): void;
  onTicket(ticket: Ticket): void;
  onError(error: AppError, about?: string): void;
  logger: Pick<Logger, 'warn' | 'error'>;
}

/** The program without its window: Slack, Jira, the classifier and the log, for one set of settings. */
export interface Agent {
  tickets: TicketService;
  /** Comes back at once; `onPart` tells how it goes. */
  start(): void;
  /** Parks the work in hand and closes the line to Slack. */
  stop(): Promise<void>;
}

/** While Jira cannot be used, it is asked again after this long. */
const jiraCheckMs = 60_000;

export function createAgent(deps: AgentDeps): Agent {
  const { settings, log, classifier, onError } = deps;
  const jira = trackerFor(settings.jira);
  const tracker = watched(jira, (error) => {
    if (error === null || !aboutOneRequest.has(error.code)) showJira(error);
  });
  const slack = slackFor(deps);
  const tickets = createTicketService({
    log,
    classifier,
    tracker,
    messenger: slack instanceof AppError ? silentMessenger : slack.messenger,
    retryDelayMs,
    onChange: deps.onTicket,
    onError,
  });
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function showJira(error: AppError | null): void {
    if (stopped) return;
    deps.onPart('jira', error === null ? { state: 'ok', line: 'ok', message: null } : trouble(error));
  }

  async function checkJira(): Promise<void> {
    const error = await jira.check().then(
      () => null,
      (thrown) => toAppError(thrown),
    );
    showJira(error);
    // A refused login is not sent again: that would end in a captcha.
    if (!stopped && error !== null && reactionTo(error.code) === 'retry')
      timer = setTimeout(() => void checkJira(), jiraCheckMs);
  }

  return {
    tickets,
    start() {
      void checkJira();
      if (slack instanceof AppError) {
        deps.onPart('slack', slackPart({ state: 'disconnected', code: slack.code, message: slack.message }));
      } else {
        slack.start(tickets);
      }
      tickets.resume().catch((thrown) => onError(toAppError(thrown), 'resume'));
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await Promise.all([slack instanceof AppError ? null : slack.stop(), tickets.stop()]);
    },
  };
}

/** Codes that say something of a ticket or an issue, not of Jira as a whole. */
const aboutOneRequest: ReadonlySet<ErrorCode> = new Set(['invalid_input', 'not_found', 'forbidden', 'bug']);

/** The tracker, with the outcome of each call for a ticket told: null where it succeeded. */
function watched(tracker: IssueTracker, onOutcome: (error: AppError | null) => void): IssueTracker {
  const watch =
    <Arguments extends unknown[], T>(call: (...given: Arguments) => Promise<T>) =>
    async (...given: Arguments): Promise<T> => {
      try {
        const answer = await call(...given);
        onOutcome(null);
        return answer;
      } catch (thrown) {
        onOutcome(toAppError(thrown));
        throw thrown;
      }
    };
  return {
    createIssue: watch(tracker.createIssue),
    findCreated: watch(tracker.findCreated),
    getIssue: watch(tracker.getIssue),
    recordDecision: watch(tracker.recordDecision),
    projectKey: watch(tracker.projectKey),
    check: tracker.check,
  };
}

const slackMissing = 'Set SLACK_BOT_TOKEN (xoxb-…) and SLACK_APP_TOKEN (xapp-…).';

/** The line to Slack, or why there can be none with these settings. */
function slackFor({ settings, onPart, onError, logger }: AgentDeps): SlackConnection | AppError {
  const { botToken, appToken, apiUrl } = settings.slack;
  if (botToken === null || appToken === null) return new AppError('not_configured', slackMissing);
  const onState = (state: SlackState) => onPart('slack', slackPart(state));
  try {
    return createSlackConnection({ tokens: { botToken, appToken }, apiUrl, onState, onError, retryDelayMs, logger });
  } catch (thrown) {
    return toAppError(thrown);
  }
}

function slackPart(state: SlackState): PartState {
  switch (state.state) {
    case 'connecting':
      return { state: 'busy', line: 'connecting', message: null };
    case 'connected':
      return { state: 'ok', line: 'connected', message: null };
    case 'unauthorized':
      return { state: 'trouble', line: 'unauthorized', message: state.message };
    case 'disconnected':
      return {
        state: state.code === 'stopped' || state.code === 'not_configured' ? 'off' : 'trouble',
        line: `disconnected ${state.code}`,
        message: state.message,
      };
  }
}

function trackerFor(jira: Settings['jira']): IssueTracker {
  const { baseUrl, email, apiToken, project, deployment } = jira;
  if (deployment === 'datacenter') return unusable('not_configured', 'Jira Data Center is not supported yet.');
  if (baseUrl === null || email === null || apiToken === null || project === null) {
    const missing = Object.entries({
      JIRA_BASE_URL: baseUrl,
      JIRA_EMAIL: email,
      JIRA_API_TOKEN: apiToken,
      JIRA_PROJECT_KEY: project,
    })
      .filter(([, value]) => value === null)
      .map(([name]) => name);
    return unusable('not_configured', `Jira is not set up. Set ${missing.join(', ')}.`);
  }
  const { labelToIssueType, defaultFields } = jira;
  return createJiraTracker({ baseUrl, email, apiToken, project, labelToIssueType, defaultFields });
}

/** A tracker that answers every call with one error, so that tickets wait until the settings change. */
function unusable(code: ErrorCode, message: string): IssueTracker {
  const refuse = async () => {
    throw new AppError(code, message);
  };
  return {
    createIssue: refuse,
    findCreated: refuse,
    getIssue: refuse,
    recordDecision: refuse,
    projectKey: refuse,
    check: refuse,
  };
}

/** Without Slack nothing can be said: tickets of an earlier run wait until the settings change. */
const silentMessenger: Messenger = (() => {
  const refuse = async () => {
    throw new AppError('not_configured', slackMissing);
  };
  return {
    announce: refuse,
    announcePrivately: refuse,
    findAnnouncement: refuse,
    showDecision: refuse,
    explain: refuse,
  };
})();

function trouble(error: AppError): PartState {
  return { state: error.code === 'not_configured' ? 'off' : 'trouble', line: error.code, message: error.message };
}
