import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import { expect, it, onTestFinished } from 'vitest';
import { translateSlackError } from '../../../electron/slack/errors.ts';
import { createResponder } from '../../../electron/slack/responder.ts';
import { routeTo, webOptions } from '../../../electron/slack/web-options.ts';

/** A Slack that answers everything with 429. */
async function aBusySlack(headers: Record<string, string>): Promise<string> {
  const server = createServer((_, response) => response.writeHead(429, headers).end('ratelimited'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
}

it.each([
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': '18446744073709551615' }, 3_600_000],
  [{ 'retry-after': '2592000' }, 3_600_000],
  [{ 'retry-after': 'abc' }, 1_000],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': 'Sat, 31 Jan 2026 10:01:00 GMT', date: 'Sat, 31 Jan 2026 10:00:30 GMT' }, 30_000],
  [{}, 1_000],
])('a pause that Slack asks for by %j is %i ms', async (headers, retryAfterMs) => {
  const apiUrl = await aBusySlack(headers);
  const { fetch } = routeTo(apiUrl);
  const web = new WebClient('xoxb-1', webOptions(apiUrl, fetch));
  const asked = await web.auth.test().then(() => null, translateSlackError);
  expect(asked).toMatchObject({ code: 'rate_limited', retryAfterMs });
  const reply = createResponder({ apiUrl, fetch }).respond(`${apiUrl}commands/1`, { text: 'Hello' });
  await expect(reply).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs });
});
