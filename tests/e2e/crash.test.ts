import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type Desk, startDesk } from './desk.ts';
import { aMeasuredModel } from './measured-model.ts';
import { aWorld, byAlice, isAnnouncement, type World } from './world.ts';

/** So long that the tiny GGUF has it in hand for a while. */
const longText = 'The printer is on fire, and nobody in the Lisbon office can print. '.repeat(60);

/** A desktop with a GGUF that is loaded. */
async function withGguf(world: World): Promise<Desk> {
  const model = await aMeasuredModel(world);
  const settings = { ...world.credentials, GGML_MODEL_PATH: model };
  const desk = await startDesk(world, { args: ['--hidden'], settings });
  await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine(/^model: loaded tiny/)]);
  return desk;
}

/** Three tickets, all acknowledged. */
async function fileThree({ slack }: World): Promise<void> {
  for (const number of [1, 2, 3]) {
    const { ack } = await slack.slash('/ticket', `${number}: ${longText}`, byAlice);
    expect(ack).toMatchObject({ response_type: 'ephemeral' });
  }
}

/** Every ticket is in Jira and announced, once. */
function untilAllAreFiled({ rows, jira, slack }: World): Promise<void> {
  return vi.waitFor(() => {
    expect(rows().map(({ step }) => step)).toEqual(['announced', 'announced', 'announced']);
    expect(jira.issues).toHaveLength(3);
    expect(slack.messages('support').filter(isAnnouncement)).toHaveLength(3);
  });
}

/** The process that holds the model. */
async function modelProcess({ app }: Desk): Promise<number> {
  const pids = await app.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ type, name }) => type === 'Utility' && name === 'AI Ticket Agent model')
      .map(({ pid }) => pid),
  );
  expect(pids).toHaveLength(1);
  return pids[0] ?? 0;
}

describe('a native crash', () => {
  it('of llama.cpp takes no ticket with it, and the model comes back', async () => {
    const world = await aWorld();
    const desk = await withGguf(world);
    const pid = await modelProcess(desk);
    await fileThree(world);
    process.kill(pid, 'SIGSEGV');
    await untilAllAreFiled(world);
    expect(world.rows().some(({ source }) => source === 'builtin')).toBe(true);
    await vi.waitFor(() => {
      const lines = desk.lines().filter((line) => line.startsWith('model: '));
      expect(lines.slice(2)).toEqual(['model: failed model_failed', ...lines.slice(0, 2)]);
    });
    expect(desk.process.exitCode).toBeNull();
    expect(desk.process.signalCode).toBeNull();
  });

  it('of the whole program while it classifies loses no ticket', async () => {
    const world = await aWorld();
    const desk = await withGguf(world);
    await fileThree(world);
    process.kill(desk.process.pid ?? 0, 'SIGSEGV');
    await desk.kill();
    await world.slack.waitForConnections(0);
    expect(world.rows()).toHaveLength(3);
    await withGguf(world);
    await untilAllAreFiled(world);
  });
});

describe('a desktop that loses power', () => {
  it('right after the ack files one issue after the restart, and announces it once', async () => {
    const world = await aWorld();
    const { slack, jira, theRow } = world;
    const desk = await startDesk(world, { args: ['--hidden'] });
    await desk.waitForLine('slack: connected');
    const { ack } = await slack.slash('/ticket', 'The printer is on fire', byAlice);
    await desk.kill();
    expect(ack).toMatchObject({ response_type: 'ephemeral' });
    await slack.waitForConnections(0);

    await startDesk(world, { args: ['--hidden'] });
    await theRow({ step: 'announced', status: 'created' });
    expect(jira.issues).toHaveLength(1);
    expect(slack.messages('support').filter(isAnnouncement)).toHaveLength(1);
  });

  it('while Jira answers finds the issue after the restart instead of filing another', async () => {
    const world = await aWorld();
    const { slack, jira, theRow } = world;
    const desk = await startDesk(world, { args: ['--hidden'] });
    await desk.waitForLine('slack: connected');
    jira.failNext('createIssue', 'hang_after_commit');
    await slack.slash('/ticket', 'The printer is on fire', byAlice);
    await jira.waitForIssue(({ key }) => key === 'KAN-1');
    expect(await theRow({ step: 'creating' })).toMatchObject({ status: 'received', jira_issue_key: null });
    await desk.kill();

    await startDesk(world, { args: ['--hidden'] });
    await theRow({ step: 'announced', status: 'created', jira_issue_key: 'KAN-1' });
    expect(jira.issues).toHaveLength(1);
    expect(slack.messages('support').filter(isAnnouncement)).toHaveLength(1);
  });

  it('and half of its log takes tickets again after the restart, and says what became of the log', async () => {
    const world = await aWorld();
    const { slack, dataDir, theRow } = world;
    const desk = await startDesk(world, { args: ['--hidden'] });
    await desk.waitForLine('slack: connected');
    await slack.slash('/ticket', 'The printer is on fire', byAlice);
    await theRow({ step: 'announced', status: 'created' });
    await desk.kill();
    const file = join(dataDir, 'tickets.db');
    const cut = statSync(file).size / 2;
    truncateSync(file, cut);
    await slack.waitForConnections(0);

    const again = await startDesk(world);
    await again.waitForLine(/^log: The ticket log was damaged, so a new one was made\. 1 ticket could be read/);
    await again.waitForLine('slack: connected');
    const kept = readdirSync(dataDir).find((name) =>
      /^tickets\.db\.damaged-[^-]+-\d\d-[^-]+-\d\d-\d\d-\d+Z$/.test(name),
    );
    expect(statSync(join(dataDir, kept ?? 'none')).size).toBe(cut);
    await theRow({ step: 'announced', status: 'created', jira_issue_key: 'KAN-1' });
    const page = await again.page();
    await page.getByRole('navigation').getByRole('button', { name: 'Status' }).click();
    await page.getByText(/The ticket log was damaged, and was mended/).waitFor();
    await page.getByText(kept ?? 'none').waitFor();
    const { ack } = await slack.slash('/ticket', 'The door is stuck', byAlice);
    expect(JSON.stringify(ack)).toContain('Creating your ticket');
  });
});
