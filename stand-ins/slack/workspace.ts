import { randomBytes, randomInt } from 'node:crypto';
import type { Fault, LastingFault, PlannedFault } from '../faults.ts';
import { createLoopbackServer, type LoopbackServer, type ReceivedRequest } from '../loopback-server.ts';
import type { Json } from '../record.ts';
import { createSlackChat } from './chat.ts';
import { createSlackConversations } from './conversations.ts';
import { createSlackDoors, type SlackDoors } from './doors.ts';
import { createSlackEvents, type SlackDelivery, type SlackEvents } from './events.ts';
import { createSlackFiles } from './files.ts';
import { readManifest } from './manifest.ts';
import { watchMessages } from './message-events.ts';
import { createSlackMethods, type SlackCredentials } from './methods.ts';
import { createSlackPeople, namedChannel, namedUser, type SlackPeople } from './people.ts';
import { createSlackQuota, createTierLimits, type QuotaOptions } from './quota.ts';
import { createSlackResponseUrls } from './response-urls.ts';
import { createSlackSocketHub, type DisconnectReason } from './socket.ts';
import {
  createSlackState,
  type SlackChannel,
  type SlackMessage,
  type SlackSeed,
  type SlackTeam,
  type SlackUser,
  toChannel,
  toUser,
} from './state.ts';
import { createSlackTriggers } from './triggers.ts';
import { createSlackViewHands, type SlackViewHands } from './view-hands.ts';
import { createSlackViews, type SlackView } from './views.ts';

export interface SlackWorkspaceOptions extends SlackSeed {
  botToken?: string;
  appToken?: string;
  /** What the app is made of: YAML, its path, or what it says; this program's own by default. */
  manifest?: string | Json;
  /** The bot's; those of the manifest by default. */
  scopes?: string[];
  /** Whether mentions and links in commands come in angle brackets, where not what the manifest says of the command. */
  escapeLinks?: boolean;
  /** Slack's posting limit; none by default. */
  quota?: QuotaOptions;
  /** Whether Slack's limits by method and minute hold; they do not by default. */
  rateLimits?: boolean;
  /** Announced lifetime of a connection in seconds; 18,060 by default. */
  approximateConnectionTime?: number;
  /** Seconds that a connection lives, where not what was announced. */
  connectionTime?: number;
  pingIntervalMs?: number;
  /** Connections that the app may have at once; 10, as with Slack. */
  maxSockets?: number;
  ackTimeoutMs?: number;
  /** Milliseconds for which a trigger id serves; three seconds, or as long as an ack may take where that is longer. */
  triggerLifeMs?: number;
  /** Milliseconds before each next attempt to deliver an event: 0, a minute and five. */
  eventRetryDelaysMs?: number[];
}

/** Slack's `{ok: false, error}`. */
interface Refusal {
  error: string;
  details?: Json;
}

export interface SlackWorkspace
  extends SlackPeople,
    SlackDoors,
    SlackViewHands,
    Pick<SlackEvents, 'sendEvent' | 'redeliver'> {
  /** Base address of the Web API, with the run's secret in its path and a trailing slash. */
  apiUrl: string;
  readonly botToken: string;
  appToken: string;
  team: SlackTeam;
  appId: string;
  botUserId: string;
  /** The bot's scopes; may be changed in place. */
  scopes: string[];
  /** The app-level token's; may be changed in place. */
  appScopes: string[];
  users: readonly SlackUser[];
  channels: readonly SlackChannel[];
  requests: readonly ReceivedRequest[];
  /** The bot has another token from now on; the one before is refused. */
  replaceBotToken(token: string): void;
  addUser(user: Pick<SlackUser, 'id' | 'name'> & Partial<SlackUser>): SlackUser;
  /** Adds a channel; the bot is in it unless `isMember` is false. */
  addChannel(channel: Pick<SlackChannel, 'id' | 'name'> & Partial<SlackChannel>): SlackChannel;
  /** Messages that are there, oldest first; of one channel where its id or name is given. */
  messages(channel?: string): SlackMessage[];
  onMessage(listener: (message: SlackMessage) => void): () => void;
  /** The first message that matches, now or later, new or edited. */
  waitForMessage(predicate: (message: SlackMessage) => boolean, timeoutMs?: number): Promise<SlackMessage>;
  /** Views that are open, oldest first. */
  readonly views: readonly SlackView[];
  /** The modal that this person sees; null where none is open. */
  modal(user: string): SlackView | null;
  /** What this person's Home shows; null where nothing was published. */
  home(user: string): SlackView | null;
  /** The first open view that matches, now or later, new or changed. */
  waitForView(predicate: (view: SlackView) => boolean, timeoutMs?: number): Promise<SlackView>;
  onView(listener: (view: SlackView) => void): () => void;
  /** Events that were sent, oldest first. */
  events: readonly SlackDelivery[];
  /** The first event that matches, now or later: it is told again when an attempt was acknowledged, or not in time. */
  waitForEvent(predicate: (event: SlackDelivery) => boolean, timeoutMs?: number): Promise<SlackDelivery>;
  /** Makes every trigger id given out so far too old. */
  expireTriggers(): void;
  waitForRequest: LoopbackServer['waitForRequest'];
  readonly connections: number;
  onConnections(listener: (connections: number) => void): () => void;
  waitForConnections(count: number, timeoutMs?: number): Promise<void>;
  disconnect(reason: DisconnectReason): void;
  /** Ends the connections that were warned about, as Slack does some seconds later. */
  endWarned(): void;
  cutSockets(): void;
  goSilent(): void;
  closeAndLinger(): void;
  /** `method` is Slack's, `response_url` or `url_private`; `{error}` is an answer `{ok: false, error}`. */
  failNext(method: string, fault: Fault | Refusal): PlannedFault;
  failWhile(meets: Parameters<LoopbackServer['failWhile']>[0], fault: Fault | Refusal): LastingFault;
  /** Sets Slack's clock that many milliseconds ahead of the computer's; negative: behind. */
  setClock(aheadMs: number): void;
  expireResponseUrls(): void;
  close(): Promise<void>;
}

/** A Slack workspace on a random port of 127.0.0.1: Web API, Socket Mode and response URLs. */
export async function createSlackWorkspace(options: SlackWorkspaceOptions = {}): Promise<SlackWorkspace> {
  const state = createSlackState(options);
  const manifest = readManifest(options.manifest);
  const secret = randomBytes(16).toString('hex');
  const digits = () => randomInt(1e10, 1e12);
  const credentials: SlackCredentials = {
    botToken: options.botToken ?? `xoxb-${digits()}-${digits()}-${randomBytes(12).toString('hex')}`,
    appToken: options.appToken ?? `xapp-1-${state.appId}-${digits()}-${randomBytes(32).toString('hex')}`,
    scopes: options.scopes ?? [...manifest.scopes],
    appScopes: ['connections:write'],
  };
  const hasScope = (scope: string) => credentials.scopes.includes(scope);
  const chat = createSlackChat(state, {
    hasScope,
    spendQuota: createSlackQuota(options.quota ?? null),
  });
  const responseUrls = createSlackResponseUrls(state, chat);
  const sockets = createSlackSocketHub({
    appId: state.appId,
    approximateConnectionTime: options.approximateConnectionTime ?? 18_060,
    connectionTime: options.connectionTime,
    pingIntervalMs: options.pingIntervalMs ?? 10_000,
    maxSockets: options.maxSockets ?? 10,
    ackTimeoutMs: options.ackTimeoutMs ?? 3000,
  });
  const triggers = createSlackTriggers(options.triggerLifeMs ?? Math.max(3000, options.ackTimeoutMs ?? 0));
  const views = createSlackViews(state, triggers, manifest.hasHome);
  const retryDelaysMs = options.eventRetryDelaysMs ?? [0, 60_000, 300_000];
  const events = createSlackEvents({ state, sockets, manifest, hasScope, retryDelaysMs });
  watchMessages(state, events);
  const urlOf = (path: string) => `${server.origin}/${secret}/${path}`;
  const files = createSlackFiles({
    state,
    urlOf,
    mayRead: (authorization) => authorization === `Bearer ${credentials.botToken}` && hasScope('files:read'),
  });
  const answerMethod = createSlackMethods({
    state,
    credentials,
    chat,
    conversations: createSlackConversations(state, credentials.scopes),
    views,
    files,
    spendCall: createTierLimits(options.rateLimits ?? false),
    openConnection: () =>
      `${server.origin.replace('http', 'ws')}/${secret}/link/?ticket=${sockets.newTicket()}&app_id=${state.appId}`,
  });

  const apiPath = `/${secret}/api/`;
  const responsePath = `/${secret}/response/`;
  const filesPath = `/${secret}/files-pri/`;
  const server = await createLoopbackServer({
    now: state.now,
    operationOf(_method, path) {
      if (path.startsWith(responsePath)) return 'response_url';
      if (path.startsWith(filesPath)) return 'url_private';
      return path.startsWith(apiPath) ? path.slice(apiPath.length) : 'unknown';
    },
    answer(request) {
      if (request.path.startsWith(apiPath)) return answerMethod(request);
      if (request.path.startsWith(responsePath) && request.method === 'POST') {
        return responseUrls.answer(request.path.slice(secret.length + 2), request);
      }
      if (request.path.startsWith(filesPath) && request.method === 'GET') {
        return files.download(request.path.slice(filesPath.length), request);
      }
      return { status: 404, body: 'not_found' };
    },
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const ticket = url.pathname === `/${secret}/link/` ? url.searchParams.get('ticket') : null;
      sockets.upgrade(request, socket, head, ticket);
    },
  });

  const shared = { state, chat, sockets, events, manifest, triggers, views, responseUrls, urlOf };
  const people = createSlackPeople({ ...shared, escapeLinks: options.escapeLinks });

  return {
    apiUrl: server.origin + apiPath,
    get botToken() {
      return credentials.botToken;
    },
    appToken: credentials.appToken,
    team: state.team,
    appId: state.appId,
    botUserId: state.botUserId,
    scopes: credentials.scopes,
    appScopes: credentials.appScopes,
    users: state.users,
    channels: state.channels,
    requests: server.requests,
    replaceBotToken(token) {
      credentials.botToken = token;
    },
    addUser(seed) {
      const user = toUser(seed);
      state.users.push(user);
      return user;
    },
    addChannel(seed) {
      const channel = toChannel(seed);
      state.channels.push(channel);
      return channel;
    },
    ...people,
    ...createSlackDoors({ ...shared, files }),
    ...createSlackViewHands(shared),
    sendEvent: events.sendEvent,
    redeliver: events.redeliver,
    messages(channel) {
      const id = channel === undefined ? undefined : namedChannel(state, channel).id;
      return state.messages.filter((message) => !message.deleted && (id === undefined || message.channel === id));
    },
    onMessage: state.watch.onChange,
    waitForMessage: state.watch.waitFor,
    get views() {
      return views.all.filter(({ isOpen }) => isOpen);
    },
    modal: (user) => views.modalOf(namedUser(state, user).id),
    home: (user) => views.homeOf(namedUser(state, user).id),
    waitForView: (matches, timeoutMs) => views.watch.waitFor((view) => view.isOpen && matches(view), timeoutMs),
    onView: views.watch.onChange,
    events: events.deliveries,
    waitForEvent: events.watch.waitFor,
    expireTriggers: triggers.expireAll,
    waitForRequest: server.waitForRequest,
    get connections() {
      return sockets.connections;
    },
    onConnections: sockets.watch.onChange,
    async waitForConnections(count, timeoutMs) {
      await sockets.watch.waitFor((connections) => connections === count, timeoutMs);
    },
    disconnect: sockets.disconnect,
    endWarned: sockets.endWarned,
    cutSockets: sockets.cut,
    goSilent: sockets.goSilent,
    closeAndLinger: sockets.closeAndLinger,
    failNext: (method, fault) => server.failNext(method, toFault(fault)),
    failWhile: (meets, fault) => server.failWhile(meets, toFault(fault)),
    setClock(aheadMs) {
      state.aheadMs = aheadMs;
    },
    expireResponseUrls: responseUrls.expireAll,
    async close() {
      events.close();
      sockets.close();
      await server.close();
    },
  };
}

function toFault(fault: Fault | Refusal): Fault {
  if (typeof fault !== 'object' || !('error' in fault)) return fault;
  return { status: 200, body: { ok: false, error: fault.error, ...fault.details } };
}
