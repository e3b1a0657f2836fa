import { describe, expect, it } from 'vitest';
import { createResponder } from '../../../electron/slack/responder.ts';

const apiUrl = 'https://proxy.example/api/';
const replyUrl = 'https://hooks.slack.com/commands/T1/2/3';

/** A responder to a Slack that gives this answer, and where it has sent what. */
function aResponder(answer: () => Response) {
  const sent: { url: string; body: unknown }[] = [];
  const { respond } = createResponder({
    apiUrl,
    fetch: async (url, init) => {
      sent.push({ url: String(url), body: JSON.parse(String(init?.body)) });
      return answer();
    },
  });
  return { respond, sent };
}

const answered = (status: number, body = '', headers: Record<string, string> = {}) =>
  aResponder(() => new Response(body, { status, headers })).respond(replyUrl, { text: 'Hello' });

describe('a reply address', () => {
  it.each([
    replyUrl,
    'https://slack.com/response/1',
    'https://hooks.slack-gov.com/commands/1',
    'https://proxy.example/response/1',
  ])('%s is posted to, with the whole reply', async (url) => {
    const { respond, sent } = aResponder(() => new Response('ok'));
    const reply = { text: 'Hello', response_type: 'ephemeral', replace_original: true } as const;
    await respond(url, reply);
    expect(sent).toEqual([{ url, body: reply }]);
  });

  it.each([
    'http://hooks.slack.com/commands/1',
    'https://hooks.slack.com.evil.example/commands/1',
    'https://evilslack.com/commands/1',
    'https://slack.comx/commands/1',
    'http://proxy.example/response/1',
    'https://proxy.example:8443/response/1',
    'not an address',
  ])('%s is not Slack’s, and nothing is sent there', async (url) => {
    const { respond, sent } = aResponder(() => new Response('ok'));
    await expect(respond(url, { text: 'Hello' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(sent).toEqual([]);
  });
});

describe('an answer to a reply', () => {
  it.each([
    [200, 'ok'],
    [200, '{"ok":true}'],
    [200, ''],
  ])('of %i %j is taken', async (status, body) => {
    await expect(answered(status, body)).resolves.toBeUndefined();
  });

  it.each([
    [404, '', 'not_found'],
    [410, '', 'not_found'],
    [200, '{"ok":false,"error":"expired_url"}', 'not_found'],
    [400, 'used_url', 'not_found'],
    [500, '', 'unconfirmed'],
    [503, '', 'unconfirmed'],
    [200, '{"ok": false,"error":"no_text"}', 'invalid_input'],
    [400, 'invalid_payload', 'invalid_input'],
    [403, '', 'invalid_input'],
  ])('of %i %j is %s', async (status, body, code) => {
    await expect(answered(status, body)).rejects.toMatchObject({ code, retryAfterMs: undefined });
  });

  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{}, 1_000],
  ])('of 429 with %j asks for a pause of %i ms', async (headers, retryAfterMs) => {
    await expect(answered(429, '', headers)).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs });
  });

  it('that did not come may have been lost on the way back', async () => {
    const lost = aResponder(() => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
    });
    await expect(lost.respond(replyUrl, { text: 'Hello' })).rejects.toMatchObject({ code: 'unconfirmed' });
  });
});
