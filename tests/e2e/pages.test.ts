import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { actionIds } from '../../electron/slack/blocks.ts';
import { type Desk, startDesk } from './desk.ts';
import { aWorld, byAlice, isAnnouncement, type World } from './world.ts';

const output = join(import.meta.dirname, 'output');
const pages = ['Tickets', 'Model', 'Settings', 'Status'];
const sizes = [
  [900, 600],
  [420, 640],
] as const;

/** What people really write: long, in several lines, in other scripts, and without a blank. */
const texts = [
  'The VPN drops every ten minutes since this morning',
  `Nobody in the Lisbon office can print. ${'It says that the queue is full, whatever we do. '.repeat(8)}`,
  'Bitte einen Zugang zu „Größenänderung“ für 田中さん einrichten',
  'התוכנה קורסת כשפותחים את הקובץ',
  `https://example.com/${'a'.repeat(300)}`,
  'How do I reset my password?\nI forgot it.',
  'Please add dark mode to the intranet',
];

beforeAll(() => {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output);
});

/** Every page in both sizes and colour schemes, as a picture; nothing may be cut off at the side. */
async function photograph(desk: Desk, state: string): Promise<void> {
  const page = await desk.page();
  for (const [width, height] of sizes) {
    await resize(desk, page, width, height);
    for (const name of pages) {
      await page.getByRole('navigation').getByRole('button', { name }).click();
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const path = join(output, `${state}-${name.toLowerCase()}-${width}-${colorScheme}.png`);
        await page.screenshot({ path, fullPage: true, animations: 'disabled' });
      }
      const excess = await page.evaluate(() => {
        const root = Reflect.get(globalThis, 'document').documentElement;
        return root.scrollWidth - root.clientWidth;
      });
      expect.soft(excess, `${state}: pixels of ${name} beyond the window's ${width}`).toBe(0);
    }
  }
}

async function resize(desk: Desk, page: Page, width: number, height: number): Promise<void> {
  const size: [number, number] = [width, height];
  await desk.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setContentSize(...to), size);
  await page.waitForFunction((wanted) => Reflect.get(globalThis, 'innerWidth') === wanted, width);
}

/** What the page complains about in its console, a blocked style or script among it. */
function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) found.push(message.text());
  });
  page.on('pageerror', (error) => found.push(error.message));
  return found;
}

async function fileTickets({ slack }: World): Promise<void> {
  for (const [index, text] of texts.entries()) {
    await slack.slash('/ticket', text, byAlice);
    const announcement = await slack.waitForMessage(
      (message) => isAnnouncement(message) && message.text.includes(`KAN-${index + 1}`),
    );
    if (index === 0) await slack.click(announcement, actionIds.approve, { user: 'bob' });
    if (index === 1) await slack.click(announcement, actionIds.reject, { user: 'bob' });
  }
}

describe('every page', () => {
  it('fits its window when nothing is there yet', async () => {
    const world = await aWorld();
    const desk = await startDesk(world);
    const found = complaints(await desk.page());
    await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: ok')]);
    await photograph(desk, 'empty');
    expect(found).toEqual([]);
  });

  it('fits its window with tickets of all kinds', async () => {
    const world = await aWorld();
    const desk = await startDesk(world);
    const page = await desk.page();
    const found = complaints(page);
    await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: ok')]);
    await fileTickets(world);
    world.jira.setPermission('KAN', 'create', false);
    await world.slack.slash('/ticket', 'The coffee machine leaks', byAlice);
    await page.getByText('Needs attention').waitFor();
    await page.getByText('Approved').waitFor();
    await page.getByText('Rejected').waitFor();
    await photograph(desk, 'full');
    expect(found).toEqual([]);
  });

  it('fits its window when everything is wrong', async () => {
    const world = await aWorld();
    const model = join(world.folder, 'a-model-with-quite-a-long-name-q4_k_m.gguf');
    writeFileSync(model, 'This is no model.');
    const settings = {
      ...world.credentials,
      SLACK_BOT_TOKEN: 'xoxb-1-1-wrong',
      JIRA_API_TOKEN: 'wrong',
      JIRA_EMAIL: 'not an address',
      GGML_MODEL_PATH: model,
    };
    const desk = await startDesk(world, { settings });
    const found = complaints(await desk.page());
    await Promise.all([
      desk.waitForLine('slack: unauthorized'),
      desk.waitForLine(/^jira: (?!ok)/),
      desk.waitForLine('model: failed model_failed'),
    ]);
    await photograph(desk, 'error');
    expect(found).toEqual([]);
  });
});
