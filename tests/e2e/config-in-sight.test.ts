import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { startDesk } from './desk.ts';
import { aWorld, byAlice } from './world.ts';

it('a config.yml where the program is started counts, and what is changed there while it runs', async () => {
  const world = await aWorld();
  world.jira.addProject({ key: 'TWO' });
  const config = join(world.folder, 'config.yml');
  const { JIRA_PROJECT_KEY: _, ...settings } = world.credentials;
  await writeFile(config, 'JIRA_PROJECT_KEY: KAN\nOPENAI_ALLOWED: true\n');
  const desk = await startDesk(world, { settings });
  await desk.waitForLine(/^settings: OPENAI_ALLOWED \(.*config\.yml in the data folder/);
  await desk.waitForLine('slack: connected');
  await desk.waitForLine('jira: ok');
  await world.slack.slash('/ticket', 'The VPN drops', byAlice);
  await world.jira.waitForIssue(({ key }) => key === 'KAN-1');

  const page = await desk.page();
  await page.getByRole('navigation').getByRole('button', { name: 'Status' }).click();
  const notice = page.getByText(/OPENAI_ALLOWED .*does not count from the folder where npm was called/);
  await notice.first().waitFor();

  // As editors do it.
  await writeFile(`${config}.new`, 'JIRA_PROJECT_KEY: KAN\nchannels:\n  "#support": { project: TWO, labels: [vip] }\n');
  await rename(`${config}.new`, config);
  await desk.waitForLine('settings: channels changed.');
  await vi.waitFor(async () => expect(await notice.count()).toBe(0));
  await world.slack.slash('/ticket', 'The printer is on fire', byAlice);
  const { fields } = await world.jira.waitForIssue(({ key }) => key === 'TWO-1');
  expect(fields['labels']).toContain('vip');

  await writeFile(config, 'JIRA_PROJECT_KEY: KAN\nchannels: {\n');
  await desk.waitForLine(/^settings: .*config\.yml: Line \d .*what it said before counts\.$/);
  await page
    .getByText(/Line \d .*what it said before counts\./)
    .first()
    .waitFor();
  await world.slack.slash('/ticket', 'The coffee is cold', byAlice);
  await world.jira.waitForIssue(({ key }) => key === 'TWO-2');
  expect(desk.lines().filter((line) => line.startsWith('slack: '))).toEqual(['slack: connecting', 'slack: connected']);
  expect(await desk.quit()).toBe(0);
});
