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
