import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createLoopbackServer } from '../../stand-ins/loopback-server.ts';
import { type Desk, startDesk } from './desk.ts';
import { goTo } from './look.ts';
import { aWorld } from './world.ts';

/** A server that would like a token. */
async function aThief() {
  const thief = await createLoopbackServer({ operationOf: () => 'asked', answer: () => ({ status: 404 }) });
  onTestFinished(() => thief.close());
  return thief;
}

/** What the person answers to main's own questions from now on; the questions come back. */
async function answerQuestions(desk: Desk, response: 0 | 1): Promise<() => Promise<string[]>> {
  await desk.app.evaluate(({ dialog }, chosen) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = async (...given: unknown[]) => {
      asked.push(JSON.stringify(given.at(-1)));
      return { response: chosen, checkboxChecked: false };
    };
  }, response);
  return () =>
    desk.app.evaluate(() => {
      const asked: unknown = Reflect.get(globalThis, 'asked');
      return Array.isArray(asked) ? asked.map(String) : [];
    });
}

it('a token of the environment follows config.yml only once the person says so in a dialog of main’s', async () => {
  const world = await aWorld();
  const thief = await aThief();
  const { JIRA_BASE_URL = '', ...settings } = world.credentials;
  const config = (address: string) => writeFileSync(join(world.dataDir, 'config.yml'), `JIRA_BASE_URL: ${address}\n`);
  mkdirSync(world.dataDir, { recursive: true });
  config(JIRA_BASE_URL);
  const first = await startDesk(world, { settings });
  await first.waitForLine('jira: ok');
  await first.quit();

  config(thief.origin);
  const desk = await startDesk(world, { settings });
  await desk.waitForLine(/^settings: JIRA_API_TOKEN: The token was used for .*by config\.yml/);
  const page = await desk.page();
  await goTo(page, 'Status');
  await page.getByRole('main').getByText('The token was used for').first().waitFor();
  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: 'Jira' }).click();
  const send = page.getByRole('button', { name: 'Send it there…' });
  const cancelled = await answerQuestions(desk, 1);
  await send.click();
  await vi.waitFor(async () => expect(await cancelled()).toHaveLength(1));
  const [question] = await cancelled();
  expect(question).toContain(`Send JIRA_API_TOKEN to ${thief.origin}?`);
  expect(JSON.parse(question ?? '')).toMatchObject({ defaultId: 1, cancelId: 1 });
  expect(thief.requests).toEqual([]);

  await answerQuestions(desk, 0);
  await send.click();
  await vi.waitFor(() => expect(thief.requests.length).toBeGreaterThan(0));
  await send.waitFor({ state: 'detached' });
});
