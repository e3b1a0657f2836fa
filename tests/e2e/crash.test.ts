import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startDesk } from './desk.ts';
import { aWorld, byAlice, isAnnouncement } from './world.ts';

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
