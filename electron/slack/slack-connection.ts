import { setTimeout as pause } from 'node:timers/promises';
import { App, type Logger, LogLevel } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { type ChannelMap, channelRulesIn, hasRulesByName, otherChannels } from '../../shared/channel-rules.ts';
import { AppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { ServiceGuard } from '../network/service-guard.ts';
import type { FileSource } from '../tickets/ports/file-source.ts';
import type { Messenger } from '../tickets/ports/messenger.ts';
import type { People } from '../tickets/ports/people.ts';
import type { TicketService } from '../tickets/ticket-service.ts';
import { registerActions } from './actions.ts';
import { createChannelDirectory } from './channel-directory.ts';
import { registerCommands } from './commands.ts';
import { createDoors } from './doors.ts';
import { translateSlackError } from './errors.ts';
import { filingEvents, registerEvents } from './events.ts';
import { createFilingEmoji } from './filing-emoji.ts';
import { registerForms } from './forms.ts';
import { type Home, registerHome } from './home.ts';
import { createMessageFiles } from './message-files.ts';
import { createMessageReader } from './message-reader.ts';
import { registerMessageShortcut } from './message-shortcut.ts';
import { createAsk, createMessenger } from './messenger.ts';
import { createNames } from './names.ts';
import { createPacing } from './pacing.ts';
import { createPeople } from './people.ts';
import { createResponder } from './responder.ts';
import { openSocket } from './socket.ts';
import { createSupervisedReceiver, type SlackState } from './supervised-receiver.ts';
import { routesByHost, routeTo, webOptions } from './web-options.ts';
import { dropForeign, type Identity, isExternal } from './workspace.ts';

export interface SlackDeps {
  tokens: { botToken: string; appToken: string };
  /** Address of Slack's API, with a trailing slash. */
  apiUrl: string;
  onState(state: SlackState): void;
  /** Called with the scopes that the bot has, with each answer that tells them. */
  onScopes?(granted: readonly string[]): void;
  onError(error: AppError): void;
  retryDelayMs(attempt: number): number;
  /** Makes each request of the messenger, or refuses it; commands and clicks are answered without it. */
  guard: ServiceGuard['execute'];
  /** Folder in which a file lies while it is passed on. */
  transferFolder: string;
  /** Why an address may not be reached; null where it may. Absent: each may. */
  refusal?: (address: string) => AppError | null;
  /** Whether people of other workspaces may decide and correct; asked at each click. Absent: they may not. */
  externalMayDecide?: () => boolean;
  /** What is said of channels in the settings, asked at each use. Absent: nothing. */
  channels?: (() => ChannelMap) | undefined;
  /** Wait as `DoorsDeps` has it; for tests. */
  deliveredAgainMs?: number | undefined;
  /** Milliseconds between two signs of life of the line; for tests. */
  beatMs?: number;
  /** Warnings and errors of Slack's libraries; they may not be given a debug level, which prints payloads. */
  logger: Pick<Logger, 'warn' | 'error'>;
}

/** The workspace as this program uses it: a line for commands and clicks, and a voice. */
export interface SlackConnection {
  messenger: Messenger;
  people: People;
  files: FileSource;
  /** Slack's id of the workspace; null before the first connection. */
  team(): string | null;
  /** A ticket is another one than before: who looks at it in Slack's Home sees that. */
  ticketChanged(ticket: Ticket): void;
  /** Asks Slack whether it accepts the bot token. Throws AppError. */
  checkLogin(): Promise<void>;
  /** Takes commands and clicks from now on, also after a stop; comes back at once, `onState` tells how it goes. */
  start(tickets: TicketService): void;
  /** Closes the line until `wake`; resolves when it is closed, after at most 1.4 s. */
  sleep(): Promise<void>;
  /** Replaces a line at once that does not prove to be alive: after sleep or a change of the network. */
  wake(): void;
  /** Another connection takes over: opens nothing more, and takes deliveries until Slack closes the line. */
  retire(): void;
  /** Resolves when the line is closed. */
  stop(): Promise<void>;
}

const eventSchema = z.object({ type: z.string() });

/** Slack waits 3 s for the desktop that it asked first; that one needs a while more to announce, where Jira is slow. */
const usualDeliveredAgainMs = 30_000;

function atWarning({ warn, error }: SlackDeps['logger']): Logger {
  return { warn, error, info() {}, debug() {}, setLevel() {}, setName() {}, getLevel: () => LogLevel.WARN };
}

export function createSlackConnection(deps: SlackDeps): SlackConnection {
  const { tokens, apiUrl } = deps;
  const logger = atWarning(deps.logger);
  const { fetch: slackFetch, proxy } = routeTo(apiUrl);
  /** An app that is installed again has other scopes from then on, with the same token. */
  const tellingScopes: typeof slackFetch = async (...request) => {
    const answer = await slackFetch(...request);
    const scopes = answer.headers.get('x-oauth-scopes');
    if (scopes !== null) deps.onScopes?.(scopes.split(',').map((scope) => scope.trim()));
    return answer;
  };
  const web = new WebClient(tokens.botToken, { ...webOptions(apiUrl, tellingScopes), logger });
  const responder = createResponder({ apiUrl, fetch: slackFetch });
  const ask = createAsk(deps.guard);
  const { channels = () => ({}) } = deps;
  let identity: Identity | null = null;
  let app: App | null = null;
  let home: Home | null = null;
  /** Desktops with a line to Slack; null where Slack does not say. */
  let desktops: number | null = null;

  async function authenticate(): Promise<void> {
    const answer = await web.auth.test().catch((thrown) => {
      throw translateSlackError(thrown);
    });
    const {
      team_id: teamId,
      enterprise_id: enterpriseId,
      bot_id: botId,
      user_id: botUserId,
      user: botName,
      url,
    } = answer;
    if (!teamId || !botUserId) throw new AppError('bad_response', 'Slack does not say whose token SLACK_BOT_TOKEN is.');
    identity = {
      teamId,
      botUserId,
      botName: botName ?? 'AI Ticket Agent',
      ...(enterpriseId ? { enterpriseId } : {}),
      ...(botId ? { botId } : {}),
      ...(url ? { url } : {}),
    };
  }

  /** What Slack's client complained about since the line was open: trying again says the same again. */
  const complaints = new Set<string>();
  const once =
    (write: Logger['warn']): Logger['warn'] =>
    (...parts) => {
      const complaint = parts.join(' ');
      if (!complaints.has(complaint)) write(...parts);
      complaints.add(complaint);
    };

  const receiver = createSupervisedReceiver({
    open: (listeners) =>
      openSocket(
        {
          appToken: tokens.appToken,
          logger: atWarning({ warn: once(deps.logger.warn), error: once(deps.logger.error) }),
          clientOptions: webOptions(apiUrl, slackFetch),
          ...(proxy === null ? {} : { dispatcher: proxy }),
        },
        listeners,
        deps.beatMs,
      ),
    authenticate,
    onState(state) {
      if (state.state === 'connected') {
        complaints.clear();
        desktops = state.connections;
      }
      deps.onState(state);
    },
    onError: deps.onError,
    retryDelayMs: deps.retryDelayMs,
    isWrittenFirst: ({ event }) => filingEvents.has(eventSchema.safeParse(event).data?.type),
  });

  const names = createNames({
    conversationsInfo: (channel) => ask(() => web.conversations.info({ channel })),
    usersInfo: (user) => ask(() => web.users.info({ user })),
    wait: (ms) => pause(ms, undefined, { ref: false }),
  });

  const emoji = createFilingEmoji({ names, channels, wait: (ms) => pause(ms, undefined, { ref: false }) });

  const messenger = createMessenger({
    web,
    responder,
    pacing: createPacing(),
    guard: deps.guard,
    botName: () => identity?.botName ?? 'AI Ticket Agent',
    channelRules: (channel) => channelRulesIn(channels(), channel),
    reader: createMessageReader({
      web,
      ask,
      names,
      ours: () => identity,
      needsName: (channel) => hasRulesByName(channels(), channel),
      isWanted: emoji.isWanted,
    }),
  });

  const people = createPeople({
    usersInfo: (user) => web.users.info({ user }),
    guard: deps.guard,
    wait: (ms) => pause(ms, undefined, { ref: false }),
  });
  const directory = createChannelDirectory({
    nameOf: names.ofChannel,
    list: (cursor) =>
      web.conversations.list({
        exclude_archived: true,
        limit: 200,
        types: 'public_channel,private_channel',
        ...(cursor === null ? {} : { cursor }),
      }),
    configured: () => Object.keys(channels()).filter((key) => key !== otherChannels),
  });

  function createApp(tickets: TicketService): App {
    const bolt = new App({
      receiver,
      // Given a token, Bolt would cache one failed auth.test and drop every command from then on.
      authorize: async () => {
        if (identity === null) throw new AppError('bug', 'A delivery came before Slack was authenticated.');
        return { botToken: tokens.botToken, ...identity };
      },
      convoStore: false,
      logger,
      clientOptions: webOptions(apiUrl, slackFetch),
    });
    bolt.use(
      dropForeign({
        ours: () => identity,
        onDropped: (kind) => deps.logger.warn(`Slack: a ${kind} of another workspace was dropped, as all of them are.`),
      }),
    );
    // Whoever delivered it tells of it.
    bolt.error(async (error) => {
      throw translateSlackError(error);
    });
    const forms = registerForms(bolt, {
      tickets,
      views: web.views,
      emailOf: people.emailOf,
      offeredChannels: directory.offered,
      channelName: directory.nameOf,
      isAlone: () => desktops === 1,
      onError: deps.onError,
    });
    registerCommands(bolt, { tickets, responder, openForm: forms.openNew, onError: deps.onError });
    home = registerHome(bolt, { tickets, publish: web.views.publish, onError: deps.onError });
    registerActions(bolt, {
      tickets,
      responder,
      mayDecide: (body) => identity !== null && (deps.externalMayDecide?.() === true || !isExternal(body, identity)),
      onError: deps.onError,
    });
    const { alone } = messenger;
    const { onError, deliveredAgainMs = usualDeliveredAgainMs } = deps;
    const doors = createDoors({ tickets, alone, onError, deliveredAgainMs });
    registerEvents(bolt, { doors, emoji, ours: () => identity });
    registerMessageShortcut(bolt, { doors, onError, ours: () => identity });
    return bolt;
  }

  return {
    messenger,

    people,

    ticketChanged: (ticket) => home?.ticketChanged(ticket),

    files: createMessageFiles({
      botToken: tokens.botToken,
      apiUrl,
      filesInfo: (file) => web.files.info({ file }),
      guard: deps.guard,
      dispatcherFor: routesByHost(),
      refusal: deps.refusal ?? (() => null),
      folder: deps.transferFolder,
      wait: (ms) => pause(ms, undefined, { ref: false }),
    }),

    team: () => identity?.teamId ?? null,

    checkLogin: authenticate,

    start(tickets) {
      if (app === null) app = createApp(tickets);
      void receiver.start();
    },

    sleep: receiver.sleep,
    wake: receiver.wake,
    retire: receiver.retire,

    async stop() {
      await receiver.stop();
    },
  };
}
