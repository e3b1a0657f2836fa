import { LogLevel, WebClient } from '@slack/web-api';
import { expect, it, onTestFinished } from 'vitest';
import { checkOpenAi } from '../../../electron/classifier/check-credentials.ts';
import { createOpenAiClassifier } from '../../../electron/classifier/openai-classifier.ts';
import { openAiClient, toOpenAiError } from '../../../electron/classifier/openai-client.ts';
import { createHttpClient } from '../../../electron/jira/api/http-client.ts';
import { readSiteFacts } from '../../../electron/jira/site-facts.ts';
import { checkBotToken } from '../../../electron/slack/check-credentials.ts';
import { translateSlackError } from '../../../electron/slack/errors.ts';
import { createResponder } from '../../../electron/slack/responder.ts';
import { routeTo, webOptions } from '../../../electron/slack/web-options.ts';
import { type hostileAnswers, startHostileServer } from './hostile-server.ts';

async function hostile(answer: keyof typeof hostileAnswers) {
  const server = await startHostileServer(answer);
  onTestFinished(() => server.close());
  return server;
}

/** Each asks once and rejects as the program's own code would. `limitMs` is for the whole answer. */
const askers: Record<string, (origin: string, limitMs: number) => Promise<unknown>> = {
  'a read of Jira’s': (baseUrl, timeoutMs) =>
    createHttpClient({ baseUrl, authorization: 'x', login: '', timeoutMs }).sendRequest({ url: '/x', method: 'GET' }),
  'a write of Jira’s': (baseUrl, timeoutMs) =>
    createHttpClient({ baseUrl, authorization: 'x', login: '', timeoutMs }).sendRequest({
      url: '/x',
      method: 'POST',
      body: {},
    }),
  'Slack’s Web API': async (origin, timeout) => {
    const apiUrl = `${origin}/api/`;
    const web = new WebClient('xoxb-1', {
      ...webOptions(apiUrl, routeTo(apiUrl).fetch),
      timeout,
      logLevel: LogLevel.ERROR,
    });
    await web.chat.postMessage({ channel: 'C1', text: 'x' }).catch((thrown) => {
      throw translateSlackError(thrown);
    });
  },
  'a response_url': async (origin, limitMs) => {
    const apiUrl = `${origin}/api/`;
    const { fetch } = routeTo(apiUrl);
    const responder = createResponder({
      apiUrl,
      fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(limitMs) }),
    });
    await responder.respond(`${origin}/commands/1`, { text: 'x' });
  },
  'an OpenAI server': async (origin, timeout) => {
    const client = openAiClient('sk-1', `${origin}/v1`).withOptions({ timeout });
    await client.models.retrieve('m').catch((thrown) => {
      throw toOpenAiError(thrown);
    });
  },
};
const patient = 20_000;

it.each(Object.keys(askers))('%s is left where its answer does not end, and nothing more is taken', async (who) => {
  const { origin, left } = await hostile('endless');
  await expect(askers[who]?.(origin, patient)).rejects.toMatchObject({
    name: 'AppError',
    code: expect.stringMatching(/^(bad_response|unconfirmed)$/),
    message: expect.stringMatching(/answered with more than \d+ MB/),
  });
  await left;
});

it.each(Object.keys(askers))('%s is measured by what its answer unpacks to', async (who) => {
  const { origin } = await hostile('packed');
  await expect(askers[who]?.(origin, patient)).rejects.toMatchObject({
    message: expect.stringMatching(/answered with more than \d+ MB/),
  });
});

it.each(Object.keys(askers))('%s has its time for the whole answer, not for its beginning', async (who) => {
  const { origin, left } = await hostile('trickling');
  await expect(askers[who]?.(origin, 200)).rejects.toMatchObject({
    name: 'AppError',
    code: expect.stringMatching(/^(unavailable|unconfirmed)$/),
  });
  await left;
});

it.each(Object.keys(askers).flatMap((who) => [[who, 'tangled'] as const, [who, 'bom'] as const]))(
  '%s may not tie up who parses its answer: %s',
  async (who, answer) => {
    const { origin } = await hostile(answer);
    await expect(askers[who]?.(origin, patient)).rejects.toMatchObject({
      message: expect.stringContaining('data that nobody could mean'),
    });
  },
);

it('a write whose answer is too long may have done its work', async () => {
  const { origin } = await hostile('packed');
  await expect(askers['a write of Jira’s']?.(origin, patient)).rejects.toMatchObject({ code: 'unconfirmed' });
  await expect(askers['Slack’s Web API']?.(origin, patient)).rejects.toMatchObject({ code: 'unconfirmed' });
  await expect(askers['a response_url']?.(origin, patient)).rejects.toMatchObject({ code: 'unconfirmed' });
});

it('the tests of credentials say so in words', async () => {
  const { origin } = await hostile('packed');
  const tokens = { apiUrl: `${origin}/api/`, botToken: null, appToken: null };
  expect(await checkBotToken(tokens, 'xoxb-1')).toEqual([
    { level: 'problem', message: expect.stringContaining('Slack answered with more than 4 MB') },
  ]);
  const openai = { apiKey: 'k', baseUrl: `${origin}/v1`, model: 'm', allowed: true };
  expect((await checkOpenAi(openai))[0]).toEqual({
    level: 'problem',
    message: expect.stringContaining('OpenAI answered with more than 4 MB'),
  });
  expect(await readSiteFacts(origin)).toEqual({ deployment: null, cloudId: null });
});

it('the classifier goes on to the next source where OpenAI’s answer is too long', async () => {
  const { origin } = await hostile('packed');
  const openai = createOpenAiClassifier({ apiKey: 'k', baseUrl: `${origin}/v1`, model: 'm' });
  await expect(openai.classify('text')).rejects.toMatchObject({ code: 'bad_response' });
});
