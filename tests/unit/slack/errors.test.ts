import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { translateSlackError } from '../../../electron/slack/errors.ts';

const platform = (error: string, more: object = {}) =>
  translateSlackError(new WebAPIPlatformError({ ok: false, error, ...more }));
const network = (code: string) =>
  translateSlackError(
    new WebAPIRequestError(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })),
  );

describe('an error of Slack', () => {
  it.each([
    ['invalid_auth', 'unauthorized'],
    ['token_revoked', 'unauthorized'],
    ['account_inactive', 'unauthorized'],
    ['team_access_not_granted', 'unauthorized'],
    ['org_login_required', 'unavailable'],
    ['team_added_to_org', 'unavailable'],
    ['service_unavailable', 'unavailable'],
    ['not_in_channel', 'forbidden'],
    ['is_archived', 'forbidden'],
    ['restricted_action', 'forbidden'],
    ['user_disabled', 'forbidden'],
    ['channel_not_found', 'not_found'],
    ['message_not_found', 'not_found'],
    ['expired_url', 'not_found'],
    ['ratelimited', 'rate_limited'],
    ['internal_error', 'unconfirmed'],
    ['fatal_error', 'unconfirmed'],
    ['request_timeout', 'unconfirmed'],
    ['msg_too_long', 'invalid_input'],
    ['no_text', 'invalid_input'],
  ])('%s is %s, in words of its own', (error, code) => {
    const translated = platform(error);
    expect(translated.code).toBe(code);
    expect(translated.message).not.toContain(error);
  });

  it('names the scope that is missing', () => {
    const error = platform('missing_scope', { needed: 'chat:write', provided: 'commands' });
    expect(error).toMatchObject({ code: 'forbidden', message: expect.stringContaining('chat:write') });
  });

  it('that nobody knows is shown by its name, with what Slack adds', () => {
    const error = platform('new_error', { response_metadata: { messages: ['[ERROR] bad block'] } });
    expect(error.message).toContain('new_error');
    expect(error.message).toContain('[ERROR] bad block');
  });

  it('that says far too much is cut', () => {
    const error = platform('new_error', { response_metadata: { messages: ['x'.repeat(1_000_000)] } });
    expect(error.message.length).toBeLessThan(1_100);
    expect(platform('missing_scope', { needed: 'x'.repeat(1_000_000) }).message.length).toBeLessThan(1_200);
  });

  it('that is a web page is neither shown nor taken for Slack’s', () => {
    const error = platform('<html><title>Proxy login</title></html>');
    expect(error.code).toBe('bad_response');
    expect(error.message).not.toContain('Proxy');
  });

  it('carries the pause that Slack asks for', () => {
    expect(translateSlackError(new WebAPIRateLimitedError(7))).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 7000,
    });
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    'by %s never reached Slack',
    (code) => {
      expect(network(code).code).toBe('unavailable');
    },
  );

  it.each(['ECONNRESET', 'UND_ERR_SOCKET', 'ETIMEDOUT'])('by %s may have reached Slack', (code) => {
    expect(network(code).code).toBe('unconfirmed');
  });

  it.each([
    [502, 'unconfirmed'],
    [503, 'unconfirmed'],
    [403, 'bad_response'],
  ])('with HTTP status %i is %s', (status, code) => {
    expect(translateSlackError(new WebAPIHTTPError(status, '', {})).code).toBe(code);
  });
});
