import type { SlackHealth } from '../../shared/app-status.ts';
import type { ChannelMap } from '../../shared/channel-rules.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { Logger } from '../logging/logging.ts';
import { createServiceGuard, type ServiceGuard } from '../network/service-guard.ts';
import { createSlackConnection, type SlackConnection } from '../slack/slack-connection.ts';
import type { SlackState } from '../slack/supervised-receiver.ts';
import { type FileSource, noFiles } from '../tickets/ports/file-source.ts';
import type { Messenger } from '../tickets/ports/messenger.ts';
import { type People, strangers } from '../tickets/ports/people.ts';
import type { TicketService } from '../tickets/ticket-service.ts';
import { unusableMessenger } from '../tickets/unusable-messenger.ts';
import { slackHealth } from './health.ts';

/** Slack with one set of settings, and how it is. */
export interface SlackPart {
  messenger: Messenger;
  people: People;
  files: FileSource;
  /** Slack's id of the workspace; null before the first connection. */
  team(): string | null;
  /** A ticket is another one than before. */
  ticketChanged(ticket: Ticket): void;
  /** Whether there is a line now. */
  isConnected(): boolean;
  /** Takes commands and clicks from now on; comes back at once, `onState` tells how it goes. */
  start(tickets: TicketService, isPaused: boolean): void;
  /** Closes the line, or opens it again. */
  pause(tickets: TicketService, isPaused: boolean): Promise<void>;
  sleep(): Promise<void>;
  /** A person does not want to wait for a service in trouble or a token that was refused; a line that is there stays. */
  tryNow(): void;
  /** The network may be back: a line that does not prove to be alive is replaced at once. */
  wake(): void;
  /** Another one takes its place: it tells nothing and asks nothing by itself any more. */
  mute(): void;
  /** The other one is there: opens nothing more, and takes deliveries until Slack closes the line. */
  retire(): void;
  /** Resolves when the line is closed. */
  stop(): Promise<void>;
}

export interface SlackPartDeps {
  /** Resolves when whoever asks may make one more request; rejects where it must not be made any more. */
  beforeRequest(): Promise<void>;
  /** Has a request wait for whatever all requests wait for. */
  send: ServiceGuard['execute'];
  retryDelayMs(attempt: number): number;
  probeDelayMs(round: number): number;
  /** Folder in which a file lies while it is passed on. */
  transferFolder: string;
  /** Why an address may not be reached; null where it may. */
  refusal(address: string): AppError | null;
  onState(state: SlackHealth): void;
  /** Called when it answers again, accepts the token again, or there is a line again after trouble. */
  onBack(): void;
  /** Slack told the bot's scopes; null: those of these tokens are not known yet. */
  onScopes(granted: readonly string[] | null): void;
  /** Whether people of other workspaces may decide and correct; asked at each click. */
  externalMayDecide(): boolean;
  /** What the settings say of channels; asked at each use. Absent: nothing. */
  channels?: (() => ChannelMap) | undefined;
  deliveredAgainMs?: number | undefined;
  onError(error: AppError): void;
  logger: Logger;
}

const tokensMissing = 'Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN.';

export function createSlackPart({ botToken, appToken, apiUrl }: Settings['slack'], deps: SlackPartDeps): SlackPart {
  let line: SlackState = { state: 'connecting' };
  /** The token was refused where the program speaks, whatever the line does. */
  let refusal: AppError | null = null;
  let wasInTrouble = false;
  let isMuted = false;

  const guard = createServiceGuard({
    name: 'Slack',
    // A pause that Slack asks for is meant for one channel.
    pausesAll: false,
    probe: async () => (slack instanceof AppError ? undefined : slack.checkLogin()),
    probeDelayMs: deps.probeDelayMs,
    onState(error) {
      const next = error?.code === 'unauthorized' ? error : null;
      const isNews = (next === null) !== (refusal === null);
      refusal = next;
      if (isNews && line.state === 'connected') show();
    },
    onBack: deps.onBack,
  });
  const slack = connect();

  /** The line to Slack, or why there can be none with these settings. */
  function connect(): SlackConnection | AppError {
    if (botToken === null || appToken === null) return new AppError('not_configured', tokensMissing);
    const refused = deps.refusal(apiUrl);
    if (refused !== null) return refused;
    try {
      return createSlackConnection({
        tokens: { botToken, appToken },
        apiUrl,
        onState: onLine,
        onError: deps.onError,
        retryDelayMs: deps.retryDelayMs,
        onScopes(granted) {
          if (!isMuted) deps.onScopes(granted);
        },
        // What waits for its turn in a channel is not under way yet: neither the guard nor sleep is to wait for it.
        async guard(request) {
          await deps.beforeRequest();
          return guard.execute(() => deps.send(request));
        },
        transferFolder: deps.transferFolder,
        refusal: deps.refusal,
        externalMayDecide: deps.externalMayDecide,
        channels: deps.channels,
        deliveredAgainMs: deps.deliveredAgainMs,
        logger: deps.logger,
      });
    } catch (thrown) {
      return toAppError(thrown);
    }
  }

  function show(): void {
    if (isMuted) return;
    const isRefused = refusal !== null && line.state === 'connected';
    deps.onState(slackHealth(isRefused ? { state: 'unauthorized', message: refusal?.message ?? '' } : line));
  }

  function onLine(state: SlackState): void {
    line = state;
    show();
    const isConnected = state.state === 'connected';
    const isBack = isConnected && wasInTrouble;
    // On its way back the line is neither.
    if (isConnected || slackHealth(state).state === 'trouble') wasInTrouble = !isConnected;
    if (!isBack || isMuted) return;
    guard.wake();
    deps.onBack();
  }

  return {
    messenger: slack instanceof AppError ? unusableMessenger(slack) : slack.messenger,
    people: slack instanceof AppError ? strangers : slack.people,
    files: slack instanceof AppError ? noFiles : slack.files,
    team: () => (slack instanceof AppError ? null : slack.team()),
    ticketChanged(ticket) {
      if (!(slack instanceof AppError)) slack.ticketChanged(ticket);
    },
    isConnected: () => line.state === 'connected',
    start(tickets, isPaused) {
      if (slack instanceof AppError) {
        onLine({ state: 'disconnected', code: slack.code, message: slack.message });
      } else if (isPaused) {
        onLine({ state: 'disconnected', code: 'stopped', message: 'The line to Slack is paused.' });
      } else {
        slack.start(tickets);
      }
    },
    async pause(tickets, isPaused) {
      if (slack instanceof AppError) return;
      if (isPaused) await slack.stop();
      else slack.start(tickets);
    },
    sleep: async () => (slack instanceof AppError ? undefined : slack.sleep()),
    tryNow() {
      guard.tryNow();
      if (!(slack instanceof AppError) && line.state !== 'connected') slack.wake();
    },
    wake() {
      guard.wake();
      if (!(slack instanceof AppError)) slack.wake();
    },
    mute() {
      isMuted = true;
      guard.stop();
    },
    retire() {
      if (!(slack instanceof AppError)) slack.retire();
    },
    async stop() {
      guard.stop();
      if (!(slack instanceof AppError)) await slack.stop();
    },
  };
}
