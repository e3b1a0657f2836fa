import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogLevel, WebClient } from '@slack/web-api';
import { expect, it, onTestFinished } from 'vitest';
import { createOpenAiClassifier } from '../../../electron/classifier/openai-classifier.ts';
import { createHttpClient } from '../../../electron/jira/api/http-client.ts';
import { readSiteFacts } from '../../../electron/jira/site-facts.ts';
import { routeTo, webOptions } from '../../../electron/slack/web-options.ts';

/** Answers everything with this JSON, after a byte order mark. */
async function marked(content: unknown): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(`\uFEFF${JSON.stringify(content)}`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('a byte order mark before a service’s JSON is passed over: Jira', async () => {
  const baseUrl = await marked({ deploymentType: 'Cloud' });
  const client = createHttpClient({ baseUrl, authorization: 'x', login: '' });
  expect(await client.sendRequest({ url: '/x', method: 'GET' })).toEqual({ deploymentType: 'Cloud' });
  expect(await readSiteFacts(baseUrl)).toMatchObject({ deployment: 'cloud' });
});

it('a byte order mark before a service’s JSON is passed over: Slack', async () => {
  const apiUrl = `${await marked({ ok: true, user_id: 'U1' })}/api/`;
  const web = new WebClient('xoxb-1', { ...webOptions(apiUrl, routeTo(apiUrl).fetch), logLevel: LogLevel.ERROR });
  expect(await web.auth.test()).toMatchObject({ ok: true, user_id: 'U1' });
});

it('a byte order mark before a service’s JSON is passed over: OpenAI, in its reply too', async () => {
  const baseUrl = await marked({ choices: [{ message: { content: '\uFEFF{"label":"Bug"}' } }] });
  const answer = await createOpenAiClassifier({ apiKey: 'k', baseUrl, model: 'm' }).classify('text');
  expect(answer.label).toBe('Bug');
});
