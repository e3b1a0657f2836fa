import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { LogLevel, WebClient } from '@slack/web-api';
import { expect, it, onTestFinished } from 'vitest';
import { checkOpenAi } from '../../../electron/classifier/check-credentials.ts';
import { createOpenAiClassifier } from '../../../electron/classifier/openai-classifier.ts';
import { createHttpClient } from '../../../electron/jira/api/http-client.ts';
import { readSiteFacts } from '../../../electron/jira/site-facts.ts';
import { checkAppToken, checkBotToken } from '../../../electron/slack/check-credentials.ts';
import { translateSlackError } from '../../../electron/slack/errors.ts';
import { createResponder } from '../../../electron/slack/responder.ts';
import { routeTo, webOptions } from '../../../electron/slack/web-options.ts';

/** A server that answers all with `status` and an address, and what it was asked. */
async function aServer(status: number, location = '') {
  const asked: string[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''} ${await text(request)}`);
    response.writeHead(status, { location, 'content-type': 'application/json' }).end('{"ok":true}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** Each sends a token, a ticket's text or both, and gives the words of what went wrong. */
const senders: Record<string, (origin: string) => Promise<unknown>> = {
  'Slack’s Web API': async (origin) => {
    const apiUrl = `${origin}/api/`;
    const web = new WebClient('xoxb-1', { ...webOptions(apiUrl, routeTo(apiUrl).fetch), logLevel: LogLevel.ERROR });
    await web.chat.postMessage({ channel: 'C1', text: 'x' }).catch((thrown) => {
      throw translateSlackError(thrown);
    });
  },
  'a response_url': async (origin) => {
    const apiUrl = `${origin}/api/`;
    await createResponder({ apiUrl, fetch: routeTo(apiUrl).fetch }).respond(`${origin}/commands/1`, { text: 'x' });
  },
  'Slack’s test of a bot token': async (origin) => {
    const [finding] = await checkBotToken({ apiUrl: `${origin}/api/`, botToken: null, appToken: null }, 'xoxb-1');
    throw new Error(finding?.message);
  },
  'Slack’s test of an app token': async (origin) => {
    const [finding] = await checkAppToken({ apiUrl: `${origin}/api/`, botToken: null, appToken: null }, 'xapp-1');
    throw new Error(finding?.message);
  },
  'OpenAI’s classifier': async (origin) => {
    await createOpenAiClassifier({ apiKey: 'k', baseUrl: `${origin}/v1`, model: 'm' }).classify('a ticket');
  },
  'OpenAI’s test': async (origin) => {
    const [finding] = await checkOpenAi({ apiKey: 'k', baseUrl: `${origin}/v1`, model: 'm', allowed: true });
    throw new Error(finding?.message);
  },
  'a read of Jira’s': (baseUrl) =>
    createHttpClient({ baseUrl, authorization: 'x', login: '' }).sendRequest({ url: '/x', method: 'GET' }),
  'a write of Jira’s': (baseUrl) =>
    createHttpClient({ baseUrl, authorization: 'x', login: '' }).sendRequest({ url: '/x', method: 'POST', body: {} }),
};

it.each(Object.keys(senders).flatMap((who) => [301, 302, 303, 307, 308].map((status) => [who, status] as const)))(
  '%s goes nowhere else for a %i, and says where it was led',
  async (who, status) => {
    const elsewhere = await aServer(200);
    const here = await aServer(status, `${elsewhere.origin}/taken`);
    await expect(senders[who]?.(here.origin)).rejects.toThrow(new URL(elsewhere.origin).host);
    expect(here.asked.length).toBeGreaterThan(0);
    expect(elsewhere.asked).toEqual([]);
  },
);

it('facts about a site are read from the site alone', async () => {
  const elsewhere = await aServer(200);
  const here = await aServer(302, `${elsewhere.origin}/taken`);
  expect(await readSiteFacts(here.origin)).toEqual({ deployment: null, cloudId: null });
  expect(elsewhere.asked).toEqual([]);
});

it('a redirect to nowhere is one, too', async () => {
  const here = await aServer(302, 'http://');
  await expect(senders['OpenAI’s classifier']?.(here.origin)).rejects.toMatchObject({
    code: 'bad_response',
    message: expect.stringContaining('another address'),
  });
});
