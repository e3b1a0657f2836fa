import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { startDesk } from './desk.ts';
import { aWorld, byAlice } from './world.ts';

/** What others can use of a folder, by path within it; Chromium's own files lie behind a closed door. */
function openTo(folder: string): string[] {
  const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !/^chromium./.test(name));
  return ['', ...inside].filter((name) => {
    const path = join(folder, name);
    return existsSync(path) && (statSync(path).mode & 0o077) !== 0;
  });
}

it('keeps a data folder that was open to others to its owner, and all that it writes', async () => {
  const world = await aWorld();
  const { dataDir } = world;
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  const db = new Database(join(dataDir, 'tickets.db'));
  db.close();
  for (const [name, content] of Object.entries({ '.env': 'SLACK_API_URL=\n', 'logs/main.log': 'before\n' })) {
    writeFileSync(join(dataDir, name), content);
  }
  for (const name of ['tickets.db', '.env', 'logs/main.log']) chmodSync(join(dataDir, name), 0o644);
  for (const name of ['logs', '.']) chmodSync(join(dataDir, name), 0o755);

  const desk = await startDesk(world);
  await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: ok')]);
  await world.slack.slash('/ticket', 'The VPN drops', byAlice);
  await world.theRow({ status: 'created', step: 'announced', jira_issue_key: 'KAN-1' });
  expect(readdirSync(dataDir)).toEqual(
    expect.arrayContaining(['tickets.db', 'tickets.db-wal', 'config.yml', 'chromium']),
  );
  expect(openTo(dataDir)).toEqual([]);
  await desk.quit();
  expect(openTo(dataDir)).toEqual([]);
});

it('says where the folder stays open to others, in the window and in the log file, and works all the same', async () => {
  const world = await aWorld();
  const { dataDir } = world;
  mkdirSync(dataDir);
  // As /tmp: everybody's, so not ours to close.
  chmodSync(dataDir, 0o1777);
  const desk = await startDesk(world);
  await desk.waitForLine('slack: connected');
  const page = await desk.page();
  await page.getByText('Other accounts of this computer').first().waitFor();
  await page.getByRole('navigation').getByRole('button', { name: 'Status' }).click();
  await page.getByLabel('What is wrong').getByText('Other accounts of this computer').waitFor();
  const log = () => readFileSync(join(dataDir, 'logs', 'main.log'), 'utf8');
  await vi.waitFor(() => expect(log()).toContain('Other accounts of this computer'));
  expect(statSync(join(dataDir, 'tickets.db')).mode & 0o077).toBe(0);
});
