import { describe, expect, it, vi } from 'vitest';
import { type Desk, startDesk } from './desk.ts';
import { aWorld, byAlice, isAnnouncement, type World } from './world.ts';

/** Chromium used to end the program at the sixth. */
const deaths = 12;

/** Kills the process of that kind so many times, each time that there is one again. */
async function killAgainAndAgain(
  { app }: Desk,
  type: 'GPU' | 'Tab',
  { times = deaths, killed = new Set<number>() } = {},
): Promise<void> {
  for (let time = 0; time < times; ) {
    const pid = await vi.waitFor(async () => {
      const living = await app.evaluate(
        ({ app }, wanted) =>
          app
            .getAppMetrics()
            .filter((each) => each.type === wanted)
            .map((each) => each.pid),
        type,
      );
      const fresh = living.find((each) => !killed.has(each));
      if (fresh === undefined) throw new Error(`There is no ${type} process.`);
      return fresh;
    });
    killed.add(pid);
    if (kill(pid)) time += 1;
  }
}

/** false where it has ended by itself. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** Whether it works as before, in the same process. */
async function stillAnswers(desk: Desk, { slack, theRow }: World): Promise<void> {
  await slack.slash('/ticket', 'The printer is on fire', byAlice);
  await theRow({ step: 'announced' });
  expect(slack.messages('support').filter(isAnnouncement)).toHaveLength(1);
  expect(desk.process.exitCode).toBeNull();
  expect(desk.process.signalCode).toBeNull();
  expect(desk.lines().filter((line) => line.startsWith('slack: '))).toEqual(['slack: connecting', 'slack: connected']);
}

const showAsASecondStartDoes = ({ app }: Desk) => app.evaluate(({ app }) => void app.emit('second-instance'));

describe('the process that draws', () => {
  it.each([
    ['without a window', ['--hidden']],
    ['with one', []],
    // As if there were a graphics card: Chromium is to do without it then.
    ['with a graphics card', ['--use-gl=angle', '--use-angle=swiftshader', '--ignore-gpu-blocklist']],
  ])('may be killed any number of times %s', async (_, args) => {
    const world = await aWorld();
    const desk = await startDesk(world, { args });
    await desk.waitForLine('slack: connected');
    if (!args.includes('--hidden')) await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
    await killAgainAndAgain(desk, 'GPU');
    await stillAnswers(desk, world);

    await showAsASecondStartDoes(desk);
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
    const page = desk.app.windows().at(-1);
    await page?.getByRole('navigation').getByRole('button', { name: 'Status' }).click();
    await page
      ?.getByText(/The window failed \d+ times: processes that draw it keep ending/)
      .first()
      .waitFor();
  });
});

describe('the window’s page', () => {
  it('comes back after each of many deaths', async () => {
    const world = await aWorld();
    const desk = await startDesk(world);
    await desk.waitForLine('slack: connected');
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
    const killed = new Set<number>();
    for (let time = 0; time < deaths; time += 1) {
      await killAgainAndAgain(desk, 'Tab', { times: 1, killed });
      // The first time at once.
      if (time > 0) await vi.waitFor(async () => expect(await desk.windows()).toEqual([]));
      // By itself that takes longer each time.
      if (time > 2) await showAsASecondStartDoes(desk);
      await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
    }
    await stillAnswers(desk, world);
  });
});
