import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startDesk } from './desk.ts';
import { goTo } from './look.ts';
import { aWorld, byAlice, isAnnouncement } from './world.ts';

const saved = (dataDir: string): unknown => JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'));

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save' }).click();
}

it('takes what is saved in the window at once, and files the ticket that waited for it', async () => {
  const world = await aWorld();
  const { JIRA_PROJECT_KEY: _, JIRA_API_TOKEN: token = '', ...settings } = world.credentials;
  const desk = await startDesk(world, { settings });
  await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: not_configured')]);
  await world.slack.slash('/ticket', 'The VPN drops', byAlice);
  await world.theRow({ status: 'received', step: 'classified' });

  const page = await desk.page();
  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: 'Slack' }).click();
  // Fixed by the environment, and said so; the token itself is nowhere.
  await page.getByText('environment').first().waitFor();
  await page.getByRole('tab', { name: 'Jira' }).click();
  const address = page.getByLabel('Address of your site');
  expect(await address.isEditable()).toBe(false);
  await page.getByRole('combobox', { name: 'Project' }).fill('KAN');
  await save(page);
  await page.getByText('Saved. Reconnecting').waitFor();
  expect(saved(world.dataDir)).toEqual({ JIRA_PROJECT_KEY: 'KAN' });

  // There is no keychain on a bare virtual display: plain text must be chosen.
  await page.getByLabel('API token').fill(token);
  await save(page);
  await page.getByText('Nothing was saved').waitFor();
  expect(saved(world.dataDir)).toEqual({ JIRA_PROJECT_KEY: 'KAN' });

  await page.getByRole('checkbox', { name: 'plain text' }).check();
  await save(page);
  await desk.waitForLine('jira: ok');
  expect(saved(world.dataDir)).toEqual({
    JIRA_PROJECT_KEY: 'KAN',
    JIRA_API_TOKEN: token,
    secret_origins: { JIRA_API_TOKEN: new URL(settings['JIRA_BASE_URL'] ?? '').origin },
  });
  await world.slack.waitForMessage(isAnnouncement);
  await world.theRow({ status: 'created', step: 'announced' });
  expect(await page.content()).not.toContain(token);
});
