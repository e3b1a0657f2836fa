import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { allTickets } from '../../../shared/ticket-list.ts';
import { writeTinyGguf } from '../../../tools/tiny-gguf.ts';
import { completion, startLoopbackOpenAi } from '../classifier/loopback-openai.ts';
import { aConnectedProgram } from './connected-program.ts';

/** A connected program all of whose settings can be saved, on networks where each answer takes 100 ms. */
async function aProgram() {
  const connected = await aConnectedProgram(['SLACK_API_URL', 'TICKETS_PER_MINUTE']);
  connected.slack.failWhile(({ operation }) => ['auth.test', 'apps.connections.open'].includes(operation), {
    delayMs: 100,
  });
  return connected;
}

it('loses no command while every kind of setting is saved, and models come and go', async () => {
  const desk = await aProgram();
  const { program, log, slack, jira, other, dataDir } = desk;
  let isOver = false;
  const answers: Promise<unknown>[] = [];
  async function commandAfterCommand(): Promise<void> {
    while (!isOver) {
      const text = `Ticket number ${answers.length}`;
      answers.push(slack.slash('/ticket', text, { user: 'alice', channel: 'support' }));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  const commands = commandAfterCommand();
  /** However fast it is saved: commands come before and after each time. */
  async function save(change: Parameters<typeof desk.save>[0]): Promise<void> {
    const before = answers.length;
    await desk.save(change);
    await vi.waitFor(() => expect(answers.length).toBeGreaterThan(before + 1));
  }
  const { since } = (await program.status()).slack;
  const models = join(dataDir, 'models');
  mkdirSync(models, { recursive: true });

  await save({ JIRA_UNCONFIRMED_SECONDS: '60' });
  await save({ JIRA_BASE_URL: other.jira.baseUrl, JIRA_API_TOKEN: other.jira.apiToken, JIRA_EMAIL: other.jira.email });
  await save({ JIRA_PROJECT_KEY: 'KAN', JIRA_API_TOKEN: 'wrong' });
  await save({ JIRA_BASE_URL: jira.baseUrl, JIRA_API_TOKEN: jira.apiToken, JIRA_EMAIL: jira.email });
  await save({ MODEL_WAIT_SECONDS: '5' });
  await save({ MODEL_IDLE_MINUTES: '3' });
  await save({ UNSURE_BELOW: '0.9' });
  await save({ OPENAI_MODEL: 'other', OPENAI_ALLOWED: 'false' });
  await save({ NOTIFY_APPROVAL: 'true', DELETE_TEXTS_AFTER_DAYS: '30' });
  writeTinyGguf(join(models, 'tiny.gguf'));
  await program.renewModel();
  rmSync(join(models, 'tiny.gguf'));
  await program.renewModel();
  await save({ GGML_MODEL_PATH: join(models, 'missing.gguf') });
  await save({ GGML_MODEL_PATH: '' });
  // None of that is Slack's business.
  expect((await program.status()).slack.since).toBe(since);
  expect(slack.connections).toBe(1);
  // The same tokens again change nothing either.
  await save({ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken });
  expect((await program.status()).slack.since).toBe(since);

  isOver = true;
  await commands;
  const outcomes = await Promise.allSettled(answers);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
  expect(answers.length).toBeGreaterThan(20);
  expect((await log.overview()).counts.all).toBe(answers.length);
}, 60_000);

it('has a new line to Slack before the old one closes, and of the same app leaves that to Slack', async () => {
  const { program, log, slack, save } = await aProgram();
  const { since } = (await program.status()).slack;
  // The app-level token names the app; the bot's token is another one after the app was installed again.
  const answers: Promise<unknown>[] = [];
  slack.replaceBotToken('xoxb-of-another-installation');
  await save({ SLACK_BOT_TOKEN: 'xoxb-of-another-installation' });
  await vi.waitFor(
    async () => {
      answers.push(slack.slash('/ticket', `Ticket ${answers.length}`, { user: 'alice', channel: 'support' }));
      const { slack: line } = await program.status();
      expect([line.code, line.since === since]).toEqual(['connected', false]);
    },
    { timeout: 10_000, interval: 20 },
  );
  for (let count = 0; count < 10; count += 1) {
    answers.push(slack.slash('/ticket', `Ticket ${answers.length}`, { user: 'alice', channel: 'support' }));
  }
  const outcomes = await Promise.allSettled(answers);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
  expect((await log.overview()).counts.all).toBe(answers.length);
  expect(slack.connections).toBe(2);
  await program.stop();
  await slack.waitForConnections(0);
});

/** Commands keep coming while `change` is at work, and until there is a line afterwards; how many were not acknowledged. */
async function lostDuring({ program, slack }: Awaited<ReturnType<typeof aProgram>>, change: () => Promise<void>) {
  let isOver = false;
  const answers: Promise<unknown>[] = [];
  async function commandAfterCommand(): Promise<void> {
    while (!isOver) {
      answers.push(slack.slash('/ticket', `Ticket ${answers.length}`, { user: 'alice', channel: 'support' }));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  const commands = commandAfterCommand();
  await change();
  await vi.waitFor(async () => expect((await program.status()).slack.code).toBe('connected'), { timeout: 10_000 });
  // A save may come back before the line that was there has given way to the next.
  await vi.waitFor(() => expect(answers.length).toBeGreaterThan(10), { timeout: 10_000 });
  isOver = true;
  await commands;
  const outcomes = await Promise.allSettled(answers);
  return outcomes.filter(({ status }) => status === 'rejected').length;
}

it.each(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'] as const)(
  'loses no command to a slip of the finger: a wrong %s, then the right one',
  async (name) => {
    const desk = await aProgram();
    const { program, slack, save } = desk;
    const right = name === 'SLACK_BOT_TOKEN' ? slack.botToken : slack.appToken;
    const lost = await lostDuring(desk, async () => {
      await save({ [name]: name === 'SLACK_BOT_TOKEN' ? 'xoxb-slip' : 'xapp-slip' });
      await vi.waitFor(async () => expect((await program.status()).slack.code).toBe('unauthorized'), {
        timeout: 10_000,
      });
      await save({ [name]: right });
    });
    expect(lost).toBe(0);
  },
);

it('loses no command to two saves in a row, the second before the first is connected', async () => {
  const desk = await aProgram();
  desk.slack.replaceBotToken('xoxb-two');
  const lost = await lostDuring(desk, async () => {
    await desk.save({ SLACK_BOT_TOKEN: 'xoxb-one' });
    await desk.save({ SLACK_BOT_TOKEN: 'xoxb-two' });
  });
  expect(lost).toBe(0);
});

it('opens no line while the machine sleeps, and the new one when it wakes up', async () => {
  const { program, slack, save } = await aProgram();
  await program.sleep();
  await slack.waitForConnections(0);
  slack.replaceBotToken('xoxb-two');
  const asked = slack.requests.length;
  await save({ SLACK_BOT_TOKEN: 'xoxb-two' });
  expect(slack.requests).toHaveLength(asked);
  program.wake();
  await vi.waitFor(async () => expect((await program.status()).slack.code).toBe('connected'), { timeout: 10_000 });
  expect(slack.connections).toBe(1);
});

it('closes the line at once where there is no token any more, and takes UNSURE_BELOW over at once', async () => {
  const { program, log, slack, save } = await aProgram();
  await save({ UNSURE_BELOW: '1' });
  await slack.slash('/ticket', 'VPN is down', { user: 'alice', channel: 'support' });
  await vi.waitFor(async () => {
    const [ticket] = await log.list({
      filter: { view: 'all', search: '', label: null, channel: null, user: null },
      limit: 1,
    });
    expect(ticket).toMatchObject({ isUnsure: true });
  });
  await save({ SLACK_APP_TOKEN: '' });
  await slack.waitForConnections(0);
  expect((await program.status()).slack).toMatchObject({ state: 'off', code: 'not_configured' });
});

it('sends no ticket to OpenAI while one model is exchanged for another, or its file comes or goes', async () => {
  const { program, slack, dataDir, save, log } = await aProgram();
  const openai = await startLoopbackOpenAi(() => completion('{"label":"Task"}'));
  onTestFinished(() => openai.stop());
  const models = join(dataDir, 'models');
  mkdirSync(models, { recursive: true });
  const [one, two] = [join(models, 'one.gguf'), join(models, 'two.gguf')];
  for (const path of [one, two]) writeTinyGguf(path);
  await save({ GGML_MODEL_PATH: one });
  await save({ OPENAI_ALLOWED: 'true', OPENAI_API_KEY: 'k', OPENAI_BASE_URL: openai.baseUrl });
  let isOver = false;
  async function commandAfterCommand(): Promise<void> {
    for (let count = 0; !isOver; count += 1) {
      await slack.slash('/ticket', `Ticket number ${count}`, { user: 'alice', channel: 'support' });
    }
  }
  const commands = commandAfterCommand();
  for (const path of [two, one, two]) await save({ GGML_MODEL_PATH: path });
  // Two lie there, and none is chosen.
  await save({ GGML_MODEL_PATH: '' });
  rmSync(one);
  await program.renewModel();
  isOver = true;
  await commands;
  async function all() {
    const tickets = [];
    for await (const page of log.all(allTickets)) tickets.push(...page);
    return tickets;
  }
  // Whether they are announced too, at Slack's pace of one a second, is nothing to this.
  await vi.waitFor(async () =>
    expect((await all()).filter(({ classification }) => classification === null)).toEqual([]),
  );
  expect((await all()).length).toBeGreaterThan(5);
  expect(openai.requests).toEqual([]);
}, 60_000);
