import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ElectronApplication, Page } from 'playwright-core';
import { standInSettings } from '../electron/demo/stand-in-settings.ts';
import { createJiraSite } from '../stand-ins/jira/site.ts';
import { createSlackWorkspace, type SlackWorkspace } from '../stand-ins/slack/workspace.ts';
import { sendCommands } from './bench-commands.ts';
import { firstRowsAt, jump, scrollSmoothly, search, startFrames, stopFrames, typedToRows } from './bench-page.ts';
import { benchSearches } from './bench-searches.ts';
import { launchApp, watchMain } from './bench-window-app.ts';
import { projectDir } from './paths.ts';
import { runCommand } from './run-command.ts';

export interface WindowBench {
  /** Electron's executable. */
  executable: string;
  /** Where the data folder is made. */
  scratch: string;
  /** Where to show windows. */
  env: Record<string, string>;
  add(what: string, unit: 'ms', values: readonly number[]): void;
  report(line: string): void;
}

const tickets = 100_000;
const starts = 5;
const reloads = 10;
const typed = 20;
/** Milliseconds after connecting until the start is over. */
const settleMs = 1000;

/** The window on a large log, connected to Slack and Jira: opening, scrolling, searching, tickets that come in. */
export async function benchWindow({ executable, scratch, env, add, report }: WindowBench): Promise<void> {
  const dataDir = mkdtempSync(path.join(scratch, 'large-'));
  report(`Writing ${tickets.toLocaleString('en')} tickets ...`);
  await runCommand(process.execPath, [
    path.join(projectDir, 'tools', 'seed-log.ts'),
    `--rows=${tickets}`,
    `--data=${dataDir}`,
  ]);
  const [slack, jira] = await Promise.all([createSlackWorkspace(), createJiraSite()]);
  const launch = (args: string[]) =>
    launchApp({ executable, dataDir, env: { ...env, ...standInSettings(slack, jira) }, args });
  const withApp = async (args: string[], measure: (app: ElectronApplication) => Promise<void>) => {
    const app = await launch(args);
    try {
      await measure(app);
    } finally {
      await app.close();
      await slack.waitForConnections(0);
    }
  };
  try {
    const startTimes: number[] = [];
    for (let run = 0; run < starts; run += 1) {
      await withApp([], async (app) => void startTimes.push(await startToRows(app)));
    }
    add('process start to first rows, under Playwright', 'ms', startTimes);

    const openTimes: number[] = [];
    const late: number[] = [];
    for (let run = 0; run < starts; run += 1) {
      await withApp(['--hidden'], async (app) => {
        await slack.waitForConnections(1);
        await wait(settleMs);
        const stopWatching = await watchMain(app);
        openTimes.push(await openToRows(app));
        late.push(...(await stopWatching()));
      });
    }
    add('window to first rows', 'ms', openTimes);
    add('main process late, window opens', 'ms', late);

    await withApp([], async (app) => {
      const page = await app.firstWindow();
      await page.evaluate(firstRowsAt);
      await slack.waitForConnections(1);
      await benchPage(app, page, slack, { add, report });
    });
  } finally {
    await Promise.all([slack.close(), jira.close()]);
  }
}

async function startToRows(app: ElectronApplication): Promise<number> {
  const shown = await shownAt(app);
  // Electron's own, which Node does not have.
  const started = await app.evaluate(() => (process as unknown as { getCreationTime(): number }).getCreationTime());
  return shown - started;
}

/** Milliseconds from telling the program to show its window, which is made then, to the first rows. */
async function openToRows(app: ElectronApplication): Promise<number> {
  const asked = await app.evaluate(({ app: self }) => {
    const now = performance.timeOrigin + performance.now();
    self.emit('activate');
    return now;
  });
  return (await shownAt(app)) - asked;
}

async function shownAt(app: ElectronApplication): Promise<number> {
  const page = await app.firstWindow();
  await page.waitForURL(/^ticket-agent:/, { waitUntil: 'commit' });
  return page.evaluate(firstRowsAt);
}

async function benchPage(
  app: ElectronApplication,
  page: Page,
  slack: SlackWorkspace,
  { add, report }: Pick<WindowBench, 'add' | 'report'>,
): Promise<void> {
  /** Does something, with an eye on the window's frames and on the main process. */
  async function watched(doing: string, work: () => Promise<void>): Promise<void> {
    const stopWatching = await watchMain(app);
    await page.evaluate(startFrames);
    await work();
    add(`frame to frame, ${doing}`, 'ms', await page.evaluate(stopFrames));
    add(`main process late, ${doing}`, 'ms', await stopWatching());
  }

  const reloadTimes: number[] = [];
  for (let run = 0; run < reloads; run += 1) {
    await page.reload({ waitUntil: 'commit' });
    const shown = await page.evaluate(firstRowsAt);
    reloadTimes.push(shown - (await page.evaluate(() => performance.timeOrigin)));
  }
  add('page to first rows, loaded again', 'ms', reloadTimes);

  await page.getByRole('tab', { name: /^All/ }).click();
  await page.locator(`[role=option][aria-setsize="${tickets}"]:not([aria-label])`).first().waitFor();
  await watched('scrolling slowly', () => page.evaluate(scrollSmoothly, { frames: 180, pixels: 20 }));
  await watched('scrolling fast', () => page.evaluate(scrollSmoothly, { frames: 180, pixels: 400 }));
  await watched('jumping', async () => {
    const times = await page.evaluate(jump, 40);
    const filled = times.filter((time) => time !== null);
    add('jump in the list to its rows', 'ms', filled);
    if (filled.length < times.length) report(`${times.length - filled.length} jumps had no rows after a second.`);
  });

  const searches = benchSearches();
  await watched('asked for searches', async () => {
    const answers = await page.evaluate(search, searches);
    add(
      'search to its answer',
      'ms',
      answers.map(({ ms }) => ms),
    );
    const slowest = answers.map(({ ms, total }, index) => ({ words: searches[index], ms, total }));
    slowest.sort((one, other) => other.ms - one.ms);
    for (const { words, ms, total } of slowest.slice(0, 5)) {
      report(`  ${words}: ${total} tickets, ${ms.toFixed(1)} ms`);
    }
  });
  await watched('typing searches', async () => add('last letter of a search to its rows', 'ms', await typeAll(page)));

  const field = page.getByRole('searchbox', { name: 'Search tickets' });
  await field.fill('');
  await page.locator(`[role=option][aria-setsize="${tickets}"]:not([aria-label])`).first().waitFor();
  await watched('100 tickets come in', async () => {
    const commands = await sendCommands(slack, { count: 100, perSecond: 20 });
    add(
      'command to acknowledgement, window open',
      'ms',
      commands.map(({ ackMs }) => ackMs),
    );
  });
}

async function typeAll(page: Page): Promise<number[]> {
  const field = page.getByRole('searchbox', { name: 'Search tickets' });
  const times: number[] = [];
  let before = tickets;
  for (const words of benchSearches()) {
    if (times.length === typed) break;
    const [answer] = await page.evaluate(search, [words]);
    const total = answer?.total ?? 0;
    // The list tells by its length alone that it is another.
    if (total === 0 || total === before) continue;
    before = total;
    await field.fill('');
    const shown = page.evaluate(typedToRows, total);
    await field.pressSequentially(words, { delay: 40 });
    times.push(await shown);
  }
  return times;
}
