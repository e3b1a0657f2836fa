import type { Fault, LastingFault, PlannedFault } from '../faults.ts';
import type { LoopbackServer, ReceivedRequest } from '../loopback-server.ts';
import type { Json } from '../record.ts';
import { createSlackDoors, type SlackDoors } from './doors.ts';
import type { SlackDelivery, SlackEvents } from './events.ts';
import { createSlackParts, type SlackWorkspaceOptions } from './parts.ts';
import { createSlackPeople, namedChannel, namedUser, type SlackPeople } from './people.ts';
import type { DisconnectReason } from './socket.ts';
import { type SlackChannel, type SlackMessage, type SlackTeam, type SlackUser, toChannel, toUser } from './state.ts';
import { createSlackViewHands, type SlackViewHands } from './view-hands.ts';
import type { SlackView } from './views.ts';

export type { SlackWorkspaceOptions } from './parts.ts';

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

/** A Slack workspace on a random port of 127.0.0.1: Web API, Socket Mode, response URLs and files. */
export async function createSlackWorkspace(options: SlackWorkspaceOptions = {}): Promise<SlackWorkspace> {
  const parts = await createSlackParts(options);
  const { state, credentials, server, sockets, events, triggers, views, responseUrls } = parts;
  const people = createSlackPeople({ ...parts, escapeLinks: options.escapeLinks });

  return {
    apiUrl: parts.apiUrl,
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
    ...createSlackDoors(parts),
    ...createSlackViewHands(parts),
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
