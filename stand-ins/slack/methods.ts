import type { Answer, ReceivedRequest } from '../loopback-server.ts';
import { isRecord, type Json } from '../record.ts';
import type { SlackChat } from './chat.ts';
import type { createSlackConversations } from './conversations.ts';
import { SlackFailure } from './failure.ts';
import type { SlackFiles } from './files.ts';
import { tiers } from './quota.ts';
import type { SlackState } from './state.ts';
import type { SlackViews } from './views.ts';

export interface SlackCredentials {
  botToken: string;
  appToken: string;
  /** Granted to the bot token; tests may change them while the workspace runs. */
  scopes: string[];
  /** Granted to the app-level token. */
  appScopes: string[];
}

interface Method {
  tier: keyof typeof tiers;
  token: 'bot' | 'app';
  /** One of these is needed. */
  scopes: string[];
  run(args: Json): Json;
}

/** Answers Web API calls as Slack does: 200 with `ok`, 429 alone being another status. */
export function createSlackMethods(deps: {
  state: SlackState;
  credentials: SlackCredentials;
  chat: SlackChat;
  conversations: ReturnType<typeof createSlackConversations>;
  views: SlackViews;
  files: SlackFiles;
  openConnection(): string;
  /** Throws SlackFailure where a method was called too often. */
  spendCall(method: string, perMinute: number): void;
}): (request: ReceivedRequest) => Answer {
  const { state, credentials, chat, conversations, views, files } = deps;

  const methods: Record<string, Method> = {
    'apps.connections.open': {
      tier: 'one',
      token: 'app',
      scopes: ['connections:write'],
      run: () => ({ url: deps.openConnection() }),
    },
    'chat.postMessage': { tier: 'special', token: 'bot', scopes: ['chat:write'], run: chat.postMessage },
    'chat.postEphemeral': { tier: 'four', token: 'bot', scopes: ['chat:write'], run: chat.postEphemeral },
    'chat.update': { tier: 'three', token: 'bot', scopes: ['chat:write'], run: chat.update },
    'chat.getPermalink': { tier: 'special', token: 'bot', scopes: [], run: chat.getPermalink },
    'conversations.open': { tier: 'three', token: 'bot', scopes: ['im:write', 'mpim:write'], run: conversations.open },
    'conversations.list': { tier: 'two', token: 'bot', scopes: scopesOf('read'), run: conversations.list },
    'conversations.info': { tier: 'three', token: 'bot', scopes: scopesOf('read'), run: conversations.info },
    'conversations.history': { tier: 'three', token: 'bot', scopes: scopesOf('history'), run: conversations.history },
    'views.open': { tier: 'four', token: 'bot', scopes: [], run: views.open },
    'views.push': { tier: 'four', token: 'bot', scopes: [], run: views.push },
    'views.update': { tier: 'four', token: 'bot', scopes: [], run: views.update },
    'views.publish': { tier: 'four', token: 'bot', scopes: [], run: views.publish },
    'conversations.replies': { tier: 'three', token: 'bot', scopes: scopesOf('history'), run: conversations.replies },
    'files.info': { tier: 'four', token: 'bot', scopes: ['files:read'], run: files.info },
    'users.info': {
      tier: 'four',
      token: 'bot',
      scopes: ['users:read'],
      run: (args) => conversations.user(args, grantedTo('bot').includes('users:read.email')),
    },
  };

  function authTest(kind: 'bot' | 'app'): Json {
    const team = { url: `https://${state.team.domain}.slack.com/`, team: state.team.name, team_id: state.team.id };
    // An app-level token belongs to no user.
    if (kind === 'app') return { ...team, app_id: state.appId, app_name: state.botName };
    return {
      ...team,
      user: state.botName,
      user_id: state.botUserId,
      bot_id: state.botId,
      is_enterprise_install: state.team.isOrgWide ?? false,
      ...(state.team.enterpriseId === undefined ? {} : { enterprise_id: state.team.enterpriseId }),
    };
  }

  const grantedTo = (kind: 'bot' | 'app') => (kind === 'bot' ? credentials.scopes : credentials.appScopes);

  function run(operation: string, kind: 'bot' | 'app', args: Json): Json {
    if (operation === 'auth.test') return authTest(kind);
    const method = methods[operation];
    if (method === undefined) throw new SlackFailure('unknown_method', { req_method: operation });
    if (method.token !== kind) throw new SlackFailure('not_allowed_token_type');
    deps.spendCall(operation, tiers[method.tier]);
    const granted = grantedTo(kind);
    if (method.scopes.length > 0 && !method.scopes.some((scope) => granted.includes(scope))) {
      throw new SlackFailure('missing_scope', { needed: method.scopes.join(','), provided: granted.join(',') });
    }
    return method.run(args);
  }

  return (request) => {
    const headers: Record<string, string> = {
      'x-accepted-oauth-scopes': (methods[request.operation]?.scopes ?? []).join(','),
    };
    try {
      const args = readArguments(request);
      const kind = kindOfToken(request, args, credentials);
      // Only a token that Slack knows has scopes to tell.
      headers['x-oauth-scopes'] = grantedTo(kind).join(',');
      return { status: 200, headers, body: { ok: true, ...run(request.operation, kind, args) } };
    } catch (thrown) {
      return toFailedAnswer(thrown, headers);
    }
  };
}

/** Throws what is not a SlackFailure. */
export function toFailedAnswer(thrown: unknown, headers: Record<string, string> = {}, status = 200): Answer {
  if (!(thrown instanceof SlackFailure)) throw thrown;
  const body = { ok: false, error: thrown.error, ...thrown.details };
  if (thrown.retryAfterSeconds === undefined) return { status, headers, body };
  return { status: 429, headers: { ...headers, 'retry-after': String(thrown.retryAfterSeconds) }, body };
}

function scopesOf(right: 'read' | 'history'): string[] {
  return ['channels', 'groups', 'mpim', 'im'].map((kind) => `${kind}:${right}`);
}

/** Arguments of a call: JSON, or a form whose lists and objects are JSON in strings. */
export function readArguments(request: ReceivedRequest): Json {
  const type = request.headers['content-type'] ?? '';
  if (request.method === 'GET') return Object.fromEntries(request.query);
  if (type.startsWith('application/json')) {
    const body = parseJson(request.body);
    if (!isRecord(body)) throw new SlackFailure('invalid_json');
    return body;
  }
  if (type.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(request.body));
  if (request.body === '') return {};
  throw new SlackFailure('invalid_post_type');
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Throws SlackFailure `not_authed` without a token and `invalid_auth` for an unknown one. */
function kindOfToken(request: ReceivedRequest, args: Json, credentials: SlackCredentials): 'bot' | 'app' {
  const isJson = (request.headers['content-type'] ?? '').startsWith('application/json');
  const bearer = request.headers.authorization?.match(/^Bearer (.+)$/)?.[1];
  const token = bearer ?? (isJson ? undefined : args['token']);
  if (token === undefined || token === '') throw new SlackFailure('not_authed');
  if (token === credentials.botToken) return 'bot';
  if (token === credentials.appToken) return 'app';
  throw new SlackFailure('invalid_auth');
}
