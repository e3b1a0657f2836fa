import { type AuthTestResponse, LogLevel, WebClient } from '@slack/web-api';
import type { CredentialReport } from '../../shared/settings-view.ts';
import { slackCodeOf, translateSlackError } from './errors.ts';
import { addScopes, missingScopes } from './missing-scopes.ts';
import { looksCut, type TokenKind, tokenSource } from './token-format.ts';
import { routeTo, webOptions } from './web-options.ts';

export interface SlackTokens {
  /** Address of Slack's API, with a trailing slash. */
  apiUrl: string;
  /** The one that is not checked may be missing; it is only asked where it belongs. */
  botToken: string | null;
  appToken: string | null;
}

/** Asks Slack who the bot is and what it may do. `token` has the form of a bot token. Never rejects. */
export async function checkBotToken(tokens: SlackTokens, token: string): Promise<CredentialReport> {
  try {
    const bot = await clientFor(tokens.apiUrl, token).auth.test();
    return [
      {
        level: 'ok',
        message: `Slack knows the bot ${bot.user ?? '(no name)'} in the workspace ${bot.team ?? '(no name)'}.`,
      },
      ...judgeScopes(bot.response_metadata?.scopes),
      ...compare(bot, await identify(tokens.apiUrl, tokens.appToken), tokens.appToken),
    ];
  } catch (thrown) {
    return [explain('bot', token, thrown)];
  }
}

/** Asks Slack for the address of a line, without opening one. `token` has the form of an app-level token. Never rejects. */
export async function checkAppToken(tokens: SlackTokens, token: string): Promise<CredentialReport> {
  try {
    await clientFor(tokens.apiUrl, token).apps.connections.open();
    const bot = await identify(tokens.apiUrl, tokens.botToken);
    return [
      { level: 'ok', message: 'Slack accepts the app-level token, and Socket Mode is on.' },
      ...compare(bot, await identify(tokens.apiUrl, token), token),
    ];
  } catch (thrown) {
    return [explain('app', token, thrown)];
  }
}

function clientFor(apiUrl: string, token: string): WebClient {
  return new WebClient(token, { ...webOptions(apiUrl, routeTo(apiUrl).fetch), logLevel: LogLevel.ERROR });
}

/** What Slack says of a token; null where it says nothing, which the token's own check explains. */
async function identify(apiUrl: string, token: string | null): Promise<AuthTestResponse | null> {
  if (token === null) return null;
  return clientFor(apiUrl, token)
    .auth.test()
    .catch(() => null);
}

/** `granted` comes from the header `x-oauth-scopes`. */
function judgeScopes(granted: string[] | undefined): CredentialReport {
  if (granted === undefined) {
    const message = 'Slack did not say which scopes the bot has, so they could not be checked. A proxy may hide that.';
    return [{ level: 'warning', message }];
  }
  const findings = missingScopes(granted).map(({ scopes, loss, isNeeded }): CredentialReport[number] => ({
    level: isNeeded ? 'problem' : 'warning',
    message: `The bot lacks ${scopes.join(' and ')}: ${isNeeded ? 'without that ' : ''}${loss}.`,
  }));
  const [first] = findings;
  if (first === undefined) return [{ level: 'ok', message: 'The bot has every scope it needs.' }];
  return [...findings, { level: first.level, message: addScopes }];
}

/** Whether both tokens are of one app, as far as Slack tells: for a bot it rarely does. */
function compare(
  bot: AuthTestResponse | null,
  app: AuthTestResponse | null,
  appToken: string | null,
): CredentialReport {
  if (bot === null || appToken === null) return [];
  const appId = app?.app_id ?? /^xapp-\d+-(A[A-Z0-9]+)-/.exec(appToken)?.[1];
  if (bot.app_id !== undefined && appId !== undefined && bot.app_id !== appId) {
    const message =
      'The two tokens belong to different Slack apps, so commands and replies would not meet. Copy both from the settings of one app.';
    return [{ level: 'problem', message }];
  }
  if (bot.team_id === undefined || app?.team_id === undefined || bot.team_id === app.team_id) return [];
  // An app that is distributed has its app-level token where it was made, and bots elsewhere.
  const message =
    `The bot is in ${bot.team ?? bot.team_id}, the app-level token comes from ${app.team ?? app.team_id}. ` +
    'Unless the app is distributed to several workspaces, copy both tokens from the settings of one app.';
  return [{ level: 'warning', message }];
}

/** Where Slack's code means something else for one token than for both, in words for that one. */
const refusals: Record<TokenKind, Record<string, string>> = {
  bot: {
    invalid_auth: `Slack does not know this bot token. ${tokenSource.bot}`,
    not_allowed_token_type: `Slack takes this for another kind of token. ${tokenSource.bot}`,
  },
  app: {
    invalid_auth: `Slack does not know this app-level token; it may have been revoked. ${tokenSource.app}`,
    not_allowed_token_type: `Slack takes this for another kind of token. ${tokenSource.app}`,
    missing_scope: `The app-level token lacks the scope connections:write, which cannot be added later. ${tokenSource.app}`,
  },
};

function explain(kind: TokenKind, token: string, thrown: unknown): CredentialReport[number] {
  const error = translateSlackError(thrown);
  const code = slackCodeOf(error) ?? '';
  const message = refusals[kind][code] ?? error.message;
  const hint =
    code === 'invalid_auth' && looksCut(kind, token) ? ' It is shorter than tokens are: was it copied whole?' : '';
  return { level: 'problem', message: message + hint };
}
