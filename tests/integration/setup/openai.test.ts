import { expect, it, onTestFinished } from 'vitest';
import { type Answer, createLoopbackServer } from '../../../stand-ins/loopback-server.ts';
import { deadAddress, linesOf, setupOn } from './setup-on.ts';

const model = { id: 'gpt-test', object: 'model', created: 1, owned_by: 'test' };

/** A server that speaks OpenAI's language, and a test of its key against it. */
async function testAgainst(routes: Record<string, Answer>, change: Record<string, string> = {}) {
  const server = await createLoopbackServer({
    operationOf: (method, path) => `${method} ${path}`,
    answer: ({ operation }) => routes[operation] ?? { status: 404, body: { error: { message: 'No such thing' } } },
  });
  onTestFinished(() => server.close());
  const saved = { OPENAI_BASE_URL: `${server.origin}/v1`, OPENAI_API_KEY: 'sk-secret', OPENAI_MODEL: 'gpt-test' };
  const report = await setupOn(saved).test('openai', { OPENAI_ALLOWED: 'true', ...change });
  return { server, report };
}

const there = { 'GET /v1/models/gpt-test': { status: 200, body: model } };

it('sends the key and the model’s name only, and says so', async () => {
  const { server, report } = await testAgainst(there);
  expect(report.ok).toBe(true);
  expect(linesOf(report)).toEqual([
    'ok: The key works, and gpt-test is there for it.',
    expect.stringMatching(/^ok: Only the key and the model’s name went to 127\.0\.0\.1:\d+; no ticket did\.$/),
  ]);
  expect(server.requests.map(({ operation, body }) => [operation, body])).toEqual([['GET /v1/models/gpt-test', '']]);
  expect(JSON.stringify(report)).not.toContain('sk-secret');
});

it('warns that OpenAI is off', async () => {
  const { report } = await testAgainst(there, { OPENAI_ALLOWED: 'false' });
  expect(report.ok).toBe(true);
  expect(linesOf(report)).toContainEqual(expect.stringMatching(/^warning: OpenAI is off/));
});

it('finds the model in the list of a server that shows no single ones', async () => {
  const list = { 'GET /v1/models': { status: 200, body: { object: 'list', data: [model] } } };
  expect((await testAgainst(list)).report.ok).toBe(true);
});

it.each([
  [401, 'refused the key'],
  [403, 'does not allow this key.*let it read models'],
  [404, 'knows no such model'],
  [429, 'refused for now'],
  [500, 'in trouble'],
])('explains the answer %i', async (status, words) => {
  const { report } = await testAgainst({ 'GET /v1/models/gpt-test': { status, body: { error: { message: 'No.' } } } });
  expect(report.ok).toBe(false);
  expect(linesOf(report)[0]).toMatch(new RegExp(`^problem: .*${words}`));
});

it('says that the server cannot be reached', async () => {
  const { report } = await testAgainst(there, {
    OPENAI_BASE_URL: `${await deadAddress()}/v1`,
    OPENAI_API_KEY: 'sk-typed',
  });
  expect(linesOf(report)[0]).toMatch(/^problem: OpenAI could not be reached/);
});

it.each([
  ['sk-admin-123', /admin key/],
  ['org-123', /begin with sk-/],
  ['sk-proj...3abc', /not copied whole/],
  ['two words', /^problem: “API key”: Expected one word/],
  ['', /^problem: “API key” is missing/],
])('asks nobody about the key %j', async (key, words) => {
  const { server, report } = await testAgainst(there, {
    OPENAI_API_KEY: key,
    OPENAI_BASE_URL: 'https://api.openai.com/v1',
  });
  expect(linesOf(report)).toEqual([expect.stringMatching(words)]);
  expect(server.requests).toEqual([]);
});

it.each([{ OPENAI_BASE_URL: 'https://other.example/v1' }, { OPENAI_BASE_URL: '' }])(
  'does not send the saved key to another address: %j',
  async (change) => {
    const { server, report } = await testAgainst(there, change);
    expect(linesOf(report)).toEqual([
      `problem: The address is another one. Enter the API key again: it is not sent to a new address by itself. It was saved for ${server.origin}.`,
    ]);
    expect(server.requests).toEqual([]);
  },
);
