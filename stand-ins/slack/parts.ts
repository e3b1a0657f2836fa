import { randomBytes, randomInt } from 'node:crypto';
import { createLoopbackServer } from '../loopback-server.ts';
import type { Json } from '../record.ts';
import { createSlackChat } from './chat.ts';
import { createSlackConversations } from './conversations.ts';
import { createSlackEvents } from './events.ts';
import { createSlackFiles } from './files.ts';
import { readManifest } from './manifest.ts';
import { watchMessages } from './message-events.ts';
import { createSlackMethods, type SlackCredentials } from './methods.ts';
import { createSlackQuota, createTierLimits, type QuotaOptions } from './quota.ts';
import { createSlackResponseUrls } from './response-urls.ts';
import { createSlackSocketHub } from './socket.ts';
import { createSlackState, type SlackSeed } from './state.ts';
import { createSlackTriggers } from './triggers.ts';
import { createSlackViews } from './views.ts';

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

/** Puts together what stands behind the workspace's addresses, and listens there. */
export async function createSlackParts(options: SlackWorkspaceOptions) {
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
    hasMessages: manifest.hasMessages,
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

  return {
    apiUrl: server.origin + apiPath,
    state,
    credentials,
    server,
    manifest,
    chat,
    sockets,
    events,
    triggers,
    views,
    files,
    responseUrls,
    urlOf,
  };
}
