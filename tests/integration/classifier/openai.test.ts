import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClassifier } from '../../../electron/classifier/classifier-from-settings.ts';
import { createOpenAiClassifier } from '../../../electron/classifier/openai-classifier.ts';
import { labels } from '../../../shared/labels.ts';
import { anywhere } from '../../fakes/classifier.ts';
import { completion, type LoopbackReply, startLoopbackOpenAi } from './loopback-openai.ts';

let reply: LoopbackReply;
let server: Awaited<ReturnType<typeof startLoopbackOpenAi>>;

beforeEach(async () => {
  server = await startLoopbackOpenAi(() => reply);
});
afterEach(() => server.stop());

function openai(onNormalised = vi.fn()) {
  return createOpenAiClassifier({ apiKey: 'sk-test', baseUrl: server.baseUrl, model: 'gpt-test', onNormalised });
}

describe('OpenAI', () => {
  it('is asked for one of the five labels at temperature 0', async () => {
    reply = completion('{"label":"Incident"}');
    expect(await openai().classify('vpn is down')).toMatchObject({
      label: 'Incident',
      source: 'openai',
      model: 'gpt-test',
      confidence: null,
      probabilities: null,
    });
    const [request] = server.requests;
    expect(request).toMatchObject({ path: '/v1/chat/completions', authorization: 'Bearer sk-test' });
    expect(request?.body).toMatchObject({
      model: 'gpt-test',
      temperature: 0,
      messages: [{ role: 'system' }, { role: 'user', content: 'vpn is down' }],
      response_format: {
        type: 'json_schema',
        json_schema: { strict: true, schema: { properties: { label: { enum: [...labels] } } } },
      },
    });
  });

  it('may word its answer otherwise, which is told without the ticket', async () => {
    reply = completion('bug report');
    const onNormalised = vi.fn();
    expect((await openai(onNormalised).classify('a secret')).label).toBe('Bug');
    expect(onNormalised.mock.calls).toEqual([['Bug']]);
  });

  it('gives nothing to tell where the answer is as asked for', async () => {
    reply = completion('{ "label": "Feature Request" }');
    const onNormalised = vi.fn();
    await openai(onNormalised).classify('text');
    expect(onNormalised).not.toHaveBeenCalled();
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [400, 'invalid_input'],
    [500, 'unconfirmed'],
    [503, 'unconfirmed'],
  ])('answering %i is %s, asked once', async (status, code) => {
    reply = { status, body: { error: { message: 'no: sk-test', type: 'error', code: null } } };
    const failure = await openai()
      .classify('text')
      .catch((thrown) => thrown);
    expect(failure).toMatchObject({ name: 'AppError', code });
    expect(failure.message).not.toContain('sk-test');
    expect(server.requests).toHaveLength(1);
  });

  it('asking to wait is rate_limited with the time', async () => {
    reply = { status: 429, headers: { 'retry-after': '7' }, body: { error: { message: 'slow down' } } };
    await expect(openai().classify('text')).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 7_000 });
  });

  it.each<[string, LoopbackReply]>([
    ['prose', completion('I would rather not say.')],
    ['nothing', completion(null)],
    ['no choices', { body: { choices: [] } }],
    ['no text', { body: { choices: [{ message: { content: { label: 'Bug' } } }] } }],
    ['a web page', { body: '<html>Sign in</html>' }],
    ['something else', { body: [] }],
  ])('answering %s is bad_response', async (_what, given) => {
    reply = given;
    await expect(openai().classify('text')).rejects.toMatchObject({ code: 'bad_response' });
  });

  it('is read at the beginning of its reply, which a model may lead on to megabytes', async () => {
    const onNormalised = vi.fn();
    reply = completion(` \n{"label":"Bug"}${' '.repeat(1_000_000)}`);
    expect((await openai(onNormalised).classify('text')).label).toBe('Bug');
    reply = completion(`Bug. ${'`'.repeat(1_000_000)} Incident`);
    expect((await openai(onNormalised).classify('text')).label).toBe('Bug');
    reply = completion(`${'Well. '.repeat(1_000)} Bug`);
    await expect(openai().classify('text')).rejects.toMatchObject({ code: 'bad_response' });
  });

  it('out of reach is unavailable', async () => {
    await server.stop();
    await expect(openai().classify('text')).rejects.toMatchObject({ code: 'unavailable' });
    server = await startLoopbackOpenAi(() => reply);
  });

  it('gets the first 8,000 characters and no more', async () => {
    reply = completion('{"label":"Task"}');
    await openai().classify('x'.repeat(20_000));
    expect(server.requests[0]?.body).toMatchObject({ messages: [{}, { content: 'x'.repeat(8_000) }] });
  });
});

describe('the classifier as set up', () => {
  const none = { path: null, reason: null };

  it('sends nothing to OpenAI unless the user turned it on', async () => {
    reply = completion('{"label":"Bug"}');
    const given = { apiKey: 'sk-test', baseUrl: server.baseUrl, model: 'gpt-test' };
    const off = createClassifier({ openai: { ...given, allowed: false }, model: none });
    expect((await off.classify('text', anywhere)).source).toBe('builtin');
    expect(server.requests).toHaveLength(0);
    const on = createClassifier({ openai: { ...given, allowed: true }, model: none });
    expect((await on.classify('text', anywhere)).source).toBe('openai');
  });

  it('uses the built-in model where OpenAI and the GGUF fail, and tells why', async () => {
    reply = { status: 401, body: {} };
    const onFailure = vi.fn();
    const onModelState = vi.fn();
    const classifier = createClassifier({
      openai: { apiKey: 'sk-test', baseUrl: server.baseUrl, model: 'gpt-test', allowed: true },
      model: { path: '/nowhere/a.gguf', reason: null },
      onFailure,
      onModelState,
    });
    expect((await classifier.classify('text', anywhere)).source).toBe('builtin');
    expect(onFailure.mock.calls.map(([source, { code }]) => [source, code])).toEqual([
      ['gguf', 'model_failed'],
      ['openai', 'unauthorized'],
    ]);
    expect(onModelState.mock.calls.map(([{ state }]) => state)).toEqual(['loading', 'failed']);
    await classifier.dispose();
  });
});
