import { existsSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startDesk } from './desk.ts';
import { aWorld } from './world.ts';

it.each([
  ['Jira', []],
  ['a Jira Data Center', ['--data-center']],
])('in demo mode plays Slack and %s itself, away from real data and deaf to real credentials', async (_jira, args) => {
  const world = await aWorld();
  const desk = await startDesk(world, { args: ['--demo', ...args] });
  await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: ok')]);
  const page = await desk.page();
  const navigation = page.getByRole('navigation').getByRole('button');
  await navigation.getByText('Demo').click();
  await vi.waitFor(async () =>
    expect(await navigation.allTextContents()).toEqual(['Tickets', 'Model', 'Settings', 'Status', 'Demo']),
  );

  await page.getByLabel('Write to #support').fill('/ticket The VPN drops every ten minutes');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' });
  await navigation.getByText('Tickets').click();
  await page.getByRole('option', { name: 'The VPN drops' }).getByText('Approved').waitFor();

  const file = join(world.dataDir, 'demo', 'tickets.db');
  const db = new Database(file, { readonly: true });
  onTestFinished(() => void db.close());
  // The Data Center sits behind a path.
  const [url] = db.prepare('select jira_issue_url from ticket_logs').pluck().all();
  expect(String(url).includes('/jira/browse/KAN-1')).toBe(args.includes('--data-center'));
  expect(existsSync(join(world.dataDir, 'tickets.db'))).toBe(false);
  expect([...world.slack.requests, ...world.jira.requests]).toEqual([]);
});

it('has every door: emoji, mention, message shortcut, direct message and form, and alice decides', async () => {
  const world = await aWorld();
  const desk = await startDesk(world, { args: ['--demo'] });
  await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: ok')]);
  const page = await desk.page();
  const composer = page.getByLabel('Write to #support');
  await composer.waitFor();
  expect(await composer.evaluate((element) => element === Reflect.get(globalThis, 'document').activeElement)).toBe(
    true,
  );
  const issue = (key: string) => page.getByRole('region', { name: 'Jira' }).getByRole('article', { name: key });
  const messageOf = (author: RegExp) => page.getByRole('article', { name: author });

  await messageOf(/^carol/)
    .getByRole('button', { name: 'React with :ticket:' })
    .click();
  await issue('KAN-1').getByText('Here too').first().waitFor();
  // Announced where it was asked for: in the thread.
  await page
    .getByRole('region', { name: 'Thread below carol’s message' })
    .getByRole('button', { name: 'Approve' })
    .waitFor();

  const bobs = messageOf(/^bob/).last();
  await bobs.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'File as a ticket' }).click();
  await issue('KAN-2').getByText('CRM licence').first().waitFor();

  // Emoji are drawn also where the system has no font of them.
  const fonts = () =>
    page.evaluate(() =>
      [...Reflect.get(globalThis, 'document').fonts].map(({ family, status }) => `${family}: ${status}`),
    );
  await vi.waitFor(async () => expect(await fonts()).toContain('Noto Emoji Window: loaded'));

  await composer.fill('@ticket_agent The printer jams');
  await page.getByRole('button', { name: 'Send' }).click();
  await issue('KAN-3').getByText('The printer jams').first().waitFor();

  await page.getByRole('tab', { name: 'Direct messages' }).click();
  await page.getByLabel('Write to AI Ticket Agent').fill('My screen flickers');
  await page.getByRole('button', { name: 'Send' }).click();
  await issue('KAN-4').getByText('My screen flickers').first().waitFor();

  await page.getByRole('tab', { name: 'App Home' }).click();
  await page.getByText('My screen flickers').first().waitFor();
  await page.getByRole('button', { name: 'New ticket' }).click();
  const form = page.getByRole('dialog', { name: 'New ticket' });
  await form.getByLabel('Summary').fill('Add a dark mode to the portal');
  await form.getByRole('combobox', { name: 'Channel' }).click();
  await page.getByRole('option', { name: '#support' }).click();
  await form.getByRole('button', { name: 'Create' }).click();
  await form.waitFor({ state: 'detached' });
  await issue('KAN-5').getByText('Add a dark mode').first().waitFor();

  // It is her desktop: the list's Approve works at once.
  await page.getByRole('navigation').getByRole('button').getByText('Tickets').click();
  await page.getByRole('option', { name: 'My screen flickers' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('option', { name: 'My screen flickers' }).getByText('Approved').waitFor();
});

it('is one of the guide’s two doors: a program of its own, beside this one', async () => {
  const world = await aWorld();
  const { SLACK_API_URL = '' } = world.credentials;
  const desk = await startDesk(world, { settings: { SLACK_API_URL } });
  const page = await desk.page();
  const lock = join(world.dataDir, 'demo', 'SingletonLock');
  onTestFinished(() => {
    // Chromium's lock names the process.
    const pid = Number(/\d+$/.exec(readlinkSync(lock))?.[0]);
    process.kill(-pid, 'SIGKILL');
  });
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await vi.waitFor(() => expect(existsSync(join(world.dataDir, 'demo', 'tickets.db'))).toBe(true));
  expect(await desk.quit()).toBe(0);
  // It lives on without the one that started it.
  const pid = Number(/\d+$/.exec(readlinkSync(lock))?.[0]);
  expect(process.kill(pid, 0)).toBe(true);
});
