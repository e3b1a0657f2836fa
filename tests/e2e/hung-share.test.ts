import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, type TestContext, vi } from 'vitest';
import { writeTinyGguf } from '../../tools/tiny-gguf.ts';
import { createHungShare } from '../fixtures/hung-share.ts';
import { type Desk, startDesk } from './desk.ts';
import { aWorld, byAlice, type World } from './world.ts';

async function aHungShare({ skip }: TestContext) {
  const world = await aWorld();
  const share = createHungShare(world.folder);
  if (share === null) return skip('There is no C compiler here to make a share that hangs.');
  writeTinyGguf(join(share.folder, 'a.gguf'));
  mkdirSync(world.dataDir);
  return { world, share, settings: { ...world.credentials, ...share.env, MODEL_WAIT_SECONDS: '3' } };
}

async function openModelPage(desk: Desk) {
  const page = await desk.page();
  await page.getByRole('navigation').getByRole('button', { name: 'Model' }).click();
  return page;
}

async function fileTicket(world: World): Promise<void> {
  const { ack } = await world.slack.slash('/ticket', 'The VPN drops', byAlice);
  expect(ack).toMatchObject({ response_type: 'ephemeral' });
  await world.theRow({ step: 'announced', source: 'builtin' });
}

it('a model on a share that hangs holds up no ticket, no other model, no line and no end', async (context) => {
  const { world, share, settings } = await aHungShare(context);
  mkdirSync(join(world.dataDir, 'models'));
  writeTinyGguf(join(world.dataDir, 'models', 'local.gguf'));
  const model = join(share.folder, 'a.gguf');
  writeFileSync(join(world.dataDir, 'settings.json'), JSON.stringify({ GGML_MODEL_PATH: model }));
  const desk = await startDesk(world, { settings });
  await desk.waitForLine('slack: connected');
  await fileTicket(world);
  await desk.waitForLine('model: failed unavailable');
  const page = await openModelPage(desk);
  await page.getByText(`${model} does not answer (waited 5 s). Is the share mounted?`).first().waitFor();
  await page.getByRole('radio', { name: /local\.gguf/ }).click();
  await desk.waitForLine(/^model: loaded local\.gguf/);
  expect(desk.lines().filter((line) => line.startsWith('slack: '))).toEqual(['slack: connecting', 'slack: connected']);
  expect(await desk.quit()).toBe(0);
});

it('an export to a share that hangs holds up neither a ticket nor the end', async (context) => {
  const { world, share, settings } = await aHungShare(context);
  const desk = await startDesk(world, { settings });
  await desk.waitForLine('slack: connected');
  const target = join(share.folder, 'tickets.csv');
  await desk.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, target);
  const page = await desk.page();
  await page.evaluate(() => {
    const filter = { view: 'all', search: '', label: null, channel: null, user: null };
    const bridge = Reflect.get(globalThis, 'desk');
    void bridge.invoke('tickets:export', { filter, format: 'csv' });
  });
  await vi.waitFor(() => expect(readdirSync(world.dataDir).join()).toMatch(/export-[^,]*\.csv(,|$)/));
  await fileTicket(world);
  expect(await desk.quit()).toBe(0);
});

it('folders on a share that hangs hold up nothing either, and are named', async (context) => {
  const { world, share, settings } = await aHungShare(context);
  symlinkSync(share.folder, join(world.dataDir, 'models'));
  const more = join(share.folder, 'more');
  const desk = await startDesk(world, { settings: { ...settings, MODEL_FOLDERS: more } });
  await desk.waitForLine('slack: connected');
  await fileTicket(world);
  const page = await openModelPage(desk);
  await page.getByText(`${more} does not answer (waited 5 s). Is the share mounted?`).first().waitFor();
  expect(await desk.quit()).toBe(0);
});

it.runIf(process.platform !== 'win32')(
  'a pipe in place of a model is named as one, and nothing waits for it',
  async () => {
    const world = await aWorld();
    const model = join(world.folder, 'pipe.gguf');
    execFileSync('mkfifo', [model]);
    const settings = { ...world.credentials, GGML_MODEL_PATH: model, MODEL_WAIT_SECONDS: '3' };
    const desk = await startDesk(world, { settings });
    await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('model: failed model_failed')]);
    await fileTicket(world);
    const page = await openModelPage(desk);
    await page.getByText('It is a pipe, not a file.').first().waitFor();
    expect(await desk.quit()).toBe(0);
  },
);
