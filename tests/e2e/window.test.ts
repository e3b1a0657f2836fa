import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { smallest } from '../../electron/shell/place-window.ts';
import { type Desk, endGroup, executable, onDisplay, startDesk } from './desk.ts';
import { aWorld, byAlice, isAnnouncement, type World } from './world.ts';

describe('--hidden', () => {
  it('shows no window until a second start asks for the first one’s', async () => {
    const world = await aWorld();
    const desk = await startDesk(world, { args: ['--hidden'] });
    await desk.waitForLine('slack: connected');
    expect(await desk.windows()).not.toContain(true);

    const second = await startAgain(world);
    expect(second).toEqual({ code: 0, stdout: '' });
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
    await (await desk.page()).getByRole('heading', { name: 'Tickets' }).waitFor();
    expect(world.slack.connections).toBe(1);
  });

  it('shows no window without credentials either', async () => {
    const world = await aWorld();
    const desk = await startDesk(world, { args: ['--hidden'], settings: {} });
    await desk.waitForLine(/^model: /);
    expect(await desk.windows()).not.toContain(true);
  });
});

it('is never smaller than its minimum, whatever window.json says', async () => {
  const world = await aWorld();
  mkdirSync(world.dataDir);
  const place = { x: 10, y: 10, width: 1, height: 20, isMaximized: false };
  writeFileSync(join(world.dataDir, 'window.json'), JSON.stringify(place));
  const desk = await startDesk(world);
  await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
  const size = await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize());
  expect(size).toEqual([smallest.width, smallest.height]);
});

describe('closing the window', () => {
  it('hides it, and the app goes on answering Slack', async () => {
    const world = await aWorld();
    const desk = await startDesk(world);
    await desk.waitForLine('slack: connected');
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
    await closeWindow(desk);
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([false]));

    await world.slack.slash('/ticket', 'The VPN drops', byAlice);
    await world.slack.waitForMessage(isAnnouncement);
    await startAgain(world);
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
    await (await desk.page()).getByRole('option', { name: 'The VPN drops' }).waitFor();
  });
});

describe('quitting', () => {
  it('does not wait for a Jira that does not answer', async () => {
    const world = await aWorld();
    const desk = await startDesk(world);
    await desk.waitForLine('slack: connected');
    world.jira.failNext('createIssue', 'hang');
    await world.slack.slash('/ticket', 'The VPN drops', byAlice);
    await world.jira.waitForRequest(({ operation }) => operation === 'createIssue');

    expect(await desk.quit()).toBe(0);
    // Nobody gave the request up before: that would stand there as an error.
    expect(await world.theRow({ step: 'creating' })).toMatchObject({ status: 'received', error_code: null });
  });
});

/** A person starts the app once more; it hands over to the one that runs and ends. */
async function startAgain(world: World): Promise<{ code: number | null; stdout: string }> {
  const { file, args } = executable(world);
  const child = spawn(file, args, {
    cwd: world.folder,
    env: onDisplay(world.credentials),
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  onTestFinished(() => endGroup(child));
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  const [code] = await once(child, 'close');
  return { code, stdout };
}

/** As the window manager does when its cross is clicked. */
function closeWindow(desk: Desk): Promise<void> {
  return desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}
