import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { certificateFailure, connectFailure, failuresOf } from '../network/failures.ts';
import { proxyRefusal } from '../network/proxy.ts';

/** Slack's own error codes in plain words. Source: the error tables of the methods on docs.slack.dev. */
const platformErrors: Record<string, [ErrorCode, string]> = {
  invalid_auth: [
    'unauthorized',
    'Slack does not accept a token. Copy SLACK_BOT_TOKEN and SLACK_APP_TOKEN again from the app’s settings in Slack.',
  ],
  not_authed: ['unauthorized', 'Slack got no token. Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN.'],
  token_revoked: ['unauthorized', 'The Slack token was revoked. Install the app again and copy the new token.'],
  token_expired: ['unauthorized', 'The Slack token has expired. Install the app again and copy the new token.'],
  account_inactive: ['unauthorized', 'The app was removed from this Slack workspace. Install it again.'],
  user_removed_from_team: ['unauthorized', 'The account behind the Slack token has left the workspace.'],
  team_disabled: ['unauthorized', 'This Slack workspace is disabled.'],
  team_access_not_granted: ['unauthorized', 'The Slack token is not for this workspace.'],
  not_allowed_token_type: [
    'unauthorized',
    'Slack got the wrong kind of token: SLACK_BOT_TOKEN starts with xoxb-, SLACK_APP_TOKEN with xapp-.',
  ],
  no_permission: ['forbidden', 'Slack does not let the app do this. Check its permissions in the workspace.'],
  access_denied: ['forbidden', 'Slack does not let the app do this. Check its permissions in the workspace.'],
  org_login_required: ['unavailable', 'The Slack organisation is being migrated; it works again afterwards.'],
  ekm_access_denied: ['forbidden', 'An administrator has suspended posting in this Slack workspace.'],
  team_added_to_org: ['unavailable', 'The Slack workspace is being migrated; it works again afterwards.'],
  not_in_channel: ['forbidden', 'The app is not in this channel. Type /invite and the app’s name there.'],
  channel_not_found: [
    'not_found',
    'Slack does not show this channel to the app. Type /invite and the app’s name there.',
  ],
  is_archived: ['forbidden', 'This Slack channel is archived.'],
  restricted_action: ['forbidden', 'A workspace setting keeps apps from posting in this channel.'],
  restricted_action_read_only_channel: ['forbidden', 'This channel is read-only for apps.'],
  restricted_action_thread_only_channel: ['forbidden', 'This channel takes replies in threads only.'],
  restricted_action_non_threadable_channel: ['forbidden', 'This channel takes no replies in threads.'],
  restricted_action_thread_locked: ['forbidden', 'This thread is locked.'],
  cannot_dm_bot: ['forbidden', 'Slack does not deliver messages to this account.'],
  user_not_found: ['not_found', 'Slack does not know this person.'],
  user_disabled: ['forbidden', 'This person’s Slack account is disabled.'],
  messages_tab_disabled: [
    'forbidden',
    'Direct messages from the app are off. Turn on the Messages tab under App Home in the app’s settings in Slack.',
  ],
  message_not_found: ['not_found', 'The message is no longer there.'],
  cant_update_message: ['forbidden', 'Slack does not let the app change this message.'],
  edit_window_closed: ['forbidden', 'This message is too old to be changed: a workspace setting limits editing.'],
  msg_too_long: ['invalid_input', 'The message is too long for Slack.'],
  msg_blocks_too_long: ['invalid_input', 'The message is too long for Slack.'],
  no_text: ['invalid_input', 'Slack refused an empty message.'],
  used_url: ['not_found', 'Slack’s address for this reply was used too often.'],
  expired_url: ['not_found', 'Slack’s address for this reply has expired (30 minutes).'],
  rate_limited: ['rate_limited', 'Slack asks for a pause.'],
  ratelimited: ['rate_limited', 'Slack asks for a pause.'],
  internal_error: ['unconfirmed', 'Slack had an internal error.'],
  fatal_error: ['unconfirmed', 'Slack had an internal error.'],
  service_unavailable: ['unavailable', 'Slack is temporarily unavailable.'],
  request_timeout: ['unconfirmed', 'Slack got the request only in part.'],
  socket_mode_disabled: ['forbidden', 'Socket Mode is off. Turn it on in the app’s settings in Slack.'],
  link_disabled: ['forbidden', 'Socket Mode was turned off. Turn it on in the app’s settings in Slack.'],
  too_many_websockets: [
    'forbidden',
    'Slack allows 10 connections per app, and all of them are taken. Quit this program on a desktop that does not need it, or give some desktops a Slack app of their own.',
  ],
};

function isSlackCode(text: string): boolean {
  return /^[a-z][a-z0-9_]{1,80}$/.test(text);
}

/** Why Slack closes a connection, where another one would fare no better; null where it would. */
export function refusalOf(reason: string): AppError | null {
  if (reason !== 'link_disabled' && reason !== 'too_many_websockets') return null;
  return fromPlatform(new WebAPIPlatformError({ ok: false, error: reason }));
}

/** Slack's own code behind an AppError, such as `not_in_channel`; null where Slack gave none. */
export function slackCodeOf({ cause }: AppError): string | null {
  return cause instanceof WebAPIPlatformError ? cause.data.error : null;
}

/** Characters of Slack's own words behind its code, which stand in messages and in the log. */
const longestWords = 1_000;
const mostDetails = 50;

function fromPlatform(error: WebAPIPlatformError): AppError {
  const { data } = error;
  // @slack/web-api takes an answer that is no JSON, a proxy's page for instance, for an error of that name.
  if (!isSlackCode(data.error)) {
    return new AppError('bad_response', 'Something that is not Slack answered. Check SLACK_API_URL and proxies.');
  }
  if (data.error === 'missing_scope') {
    const needed = 'needed' in data ? String(data['needed']).slice(0, longestWords) : 'more scopes';
    const message = `The Slack app lacks the scope ${needed}. Add it under OAuth & Permissions and install the app again.`;
    return new AppError('forbidden', message, { cause: error });
  }
  const [code, message] = platformErrors[data.error] ?? ['invalid_input', `Slack refused this: ${data.error}.`];
  const details = (data.response_metadata?.messages ?? []).slice(0, mostDetails);
  return new AppError(
    code,
    details.length > 0 ? `${message} (${details.join('; ').slice(0, longestWords)})` : message,
    { cause: error },
  );
}

/**
 * A failure of Slack's Web API as an AppError. Where Slack may have got the request, the code is `unconfirmed`.
 */
export function translateSlackError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof WebAPIPlatformError) return fromPlatform(thrown);
  if (thrown instanceof WebAPIRateLimitedError) {
    return new AppError('rate_limited', 'Slack asks for a pause.', {
      cause: thrown,
      retryAfterMs: thrown.retryAfter * 1000,
    });
  }
  if (thrown instanceof WebAPIHTTPError) return fromStatus(thrown.statusCode, thrown);
  if (thrown instanceof WebAPIRequestError) return fromNetwork(thrown);
  return new AppError('bad_response', 'Slack’s answer could not be understood.', { cause: thrown });
}

/** An HTTP status that Slack's Web API does not use itself. Who fails with 5xx may have done the work before. */
export function fromStatus(status: number, cause?: unknown): AppError {
  const message = `Slack answered with HTTP ${status}.`;
  if (status >= 500) return new AppError('unconfirmed', message, { cause });
  return new AppError('bad_response', `${message} Check SLACK_API_URL and proxies.`, { cause });
}

/** Whether no answer of any kind came, so that asking again is no burden on Slack. */
export function isWithoutAnswer({ cause }: AppError): boolean {
  return cause instanceof WebAPIRequestError;
}

/** Slack may go on with what we stopped waiting for. */
const stillWorkingMs = 10_000;

/** A request that got no answer: by its causes, whether Slack may have got it. */
export function fromNetwork(thrown: unknown): AppError {
  const own = thrown instanceof WebAPIRequestError ? thrown.original : thrown;
  if (own instanceof AppError) return own;
  const byProxy = proxyRefusal(own);
  if (byProxy !== null) return byProxy.with({ cause: thrown });
  const failures = failuresOf(thrown);
  const certificate = certificateFailure(failures);
  if (certificate !== undefined) {
    const message = `Slack’s certificate is not trusted (${certificate.code}). Make your proxy’s certificate authority known to this computer (NODE_EXTRA_CA_CERTS).`;
    return new AppError('unavailable', message, { cause: thrown });
  }
  return connectFailure(failures) === undefined
    ? new AppError('unconfirmed', 'Slack did not answer.', { cause: thrown, openForMs: stillWorkingMs })
    : new AppError('unavailable', 'Slack cannot be reached. Check the network.', { cause: thrown });
}
