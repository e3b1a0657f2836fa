import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startDesk } from './desk.ts';
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
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  expect(await page.getByLabel('JIRA_BASE_URL').isDisabled()).toBe(true);
  expect(await page.getByLabel('SLACK_BOT_TOKEN').inputValue()).toBe('');
  await page.getByLabel('JIRA_PROJECT_KEY').fill('KAN');
  await save(page);
  await page.getByText('Saved.').waitFor();
  expect(saved(world.dataDir)).toEqual({ JIRA_PROJECT_KEY: 'KAN' });

  // There is no keychain on a bare virtual display: plain text must be chosen.
  await page.getByLabel('JIRA_API_TOKEN').fill(token);
  await save(page);
  await page.getByText('no keychain to encrypt').waitFor();
  expect(saved(world.dataDir)).toEqual({ JIRA_PROJECT_KEY: 'KAN' });

  await page.getByRole('checkbox', { name: 'plain text' }).check();
  await save(page);
  await desk.waitForLine('jira: ok');
  expect(saved(world.dataDir)).toEqual({ JIRA_PROJECT_KEY: 'KAN', JIRA_API_TOKEN: token });
  await world.slack.waitForMessage(isAnnouncement);
  await world.theRow({ status: 'created', step: 'announced' });
  expect(await page.getByLabel('JIRA_API_TOKEN').inputValue()).toBe('');
});
