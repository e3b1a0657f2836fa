import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { patienceMs } from '../patience.ts';
import { endGroup, executable, onDisplay, waitForLine } from './desk.ts';
import { aWorld, byAlice, isAnnouncement, type World } from './world.ts';

interface Started {
  process: ChildProcess;
  lines(): string[];
  /** What it wrote on stderr, but for Chromium's own lines. */
  complaints(): string[];
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>;
}

/** Starts the program as a shell does; `around`: a command that starts it in its turn. */
function start(
  world: World,
  {
    around = [],
    env = {},
    switches = ['--hidden'],
  }: { around?: string[]; env?: Record<string, string>; switches?: string[] } = {},
): Started {
  const { file, args } = executable(world);
  mkdirSync(world.folder, { recursive: true });
  const [command = '', ...rest] = [...around, file, ...args, ...switches, '--no-sandbox'];
  const child = spawn(command, rest, {
    cwd: world.folder,
    env: onDisplay({ ...world.credentials, ...env }),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk) => {
      said[name] += String(chunk);
    });
  }
  onTestFinished(() => endGroup(child));
  return {
    process: child,
    lines: () => said.stdout.split('\n').filter(Boolean),
    complaints: () => said.stderr.split('\n').filter((line) => line !== '' && !/^\[\d+:/.test(line)),
    ended: new Promise((resolve) => child.once('close', resolve)),
  };
}

/** As in a container: process numbers of its own, on the same data folder. */
const container = [
  'unshare',
  ...(process.getuid?.() === 0 ? [] : ['--user', '--map-current-user']),
  ...['--pid', '--fork', '--kill-child', '--mount-proc'],
];
const canContain = spawnSync(container[0] ?? '', [...container.slice(1), 'true']).status === 0;
if (!canContain) console.warn('Two programs of different containers are NOT tested here: unshare does not work.');

/** The program within `unshare`. */
function childOf({ process: { pid } }: Started): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());
}

const ownerOf = (world: World): number => JSON.parse(readFileSync(join(world.dataDir, 'agent.lock'), 'utf8')).pid;

describe.skipIf(!canContain)('a data folder that a container uses', () => {
  it('is left to it while it lives, is taken over a minute after it stopped, and it sends nothing when it goes on', async () => {
    const world = await aWorld();
    const { slack, jira, rows, theRow } = world;
    const first = start(world, { around: container });
    await waitForLine(first.lines, 'slack: connected');
    await slack.slash('/ticket', 'The printer is on fire', byAlice);
    await theRow({ step: 'announced' });

    const second = start(world);
    expect(await second.ended).toBe(3);
    expect(second.lines()).toEqual([]);
    expect(second.complaints()).toEqual([
      expect.stringMatching(/^Waiting: the data folder .* is held by the program on .* \(process 1, since /),
      expect.stringMatching(/is in use by the program on .* \(process 1, since .*\)/),
    ]);
    expect(slack.connections).toBe(1);

    const stopped = childOf(first);
    process.kill(stopped, 'SIGSTOP');
    // Slack hands this to a program that neither reads nor acknowledges it.
    const unheard = slack.slash('/ticket', 'The door is stuck', byAlice).catch(() => null);
    const third = start(world);
    await vi.waitFor(() => expect(third.lines()).toContain('slack: connected'), { timeout: 60_000 + patienceMs });
    await unheard;
    const before = { jira: jira.requests.length, issues: jira.issues.length };

    process.kill(stopped, 'SIGCONT');
    expect(await first.ended).toBe(3);
    expect(first.complaints().join('\n')).toMatch(/not this program's any more: it was taken over by the program on/);
    expect({ jira: jira.requests.length, issues: jira.issues.length }).toEqual(before);
    expect(rows().map(({ step }) => step)).toEqual(['announced']);

    await slack.slash('/ticket', 'The VPN drops', byAlice);
    await vi.waitFor(() => expect(rows().map(({ step }) => step)).toEqual(['announced', 'announced']));
    expect(slack.messages('support').filter(isAnnouncement)).toHaveLength(2);
    expect(jira.issues).toHaveLength(2);

    // The first one took Chromium's mark along when it ended; the third makes it again.
    await vi.waitFor(() => expect(lstatSync(join(world.dataDir, 'SingletonLock')).isSymbolicLink()).toBe(true));
    expect(await start(world).ended).toBe(0);
  });
});

describe('a data folder', () => {
  it('is free at once after its program was killed, and holds no lock after a clean end', async () => {
    const world = await aWorld();
    const first = start(world);
    await waitForLine(first.lines, 'slack: connected');
    expect(ownerOf(world)).toBe(first.process.pid);
    endGroup(first.process);
    await first.ended;

    const second = start(world);
    await waitForLine(second.lines, 'slack: connected');
    expect(second.complaints().join('\n')).not.toMatch(/Waiting/);
    second.process.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    expect(existsSync(join(world.dataDir, 'agent.lock'))).toBe(false);
  });

  it('is used by one of two that start in the same moment; the other ends with code 0', async () => {
    const world = await aWorld();
    const both = [start(world), start(world)];
    const code = await Promise.race(both.map(({ ended }) => ended));
    expect(code).toBe(0);
    await vi.waitFor(() => expect(both.flatMap(({ lines }) => lines())).toContain('slack: connected'));
    expect(slackLines(both)).toEqual(['slack: connecting', 'slack: connected']);
  });

  it('that cannot be used is told in one sentence, with code 4', async () => {
    const world = await aWorld();
    mkdirSync(join(world.dataDir, 'tickets.db'), { recursive: true });
    const folder = start(world);
    expect(await folder.ended).toBe(4);
    expect(folder.complaints()).toEqual([expect.stringContaining(`${join(world.dataDir, 'tickets.db')} is a folder`)]);

    const other = { ...world, dataDir: join(world.folder, 'file') };
    writeFileSync(other.dataDir, '');
    const file = start(other);
    expect(await file.ended).toBe(4);
    expect(file.complaints()).toEqual([expect.stringContaining(`The data folder ${other.dataDir} cannot be used`)]);
  });
});

const slackLines = (all: Started[]) => all.flatMap(({ lines }) => lines()).filter((line) => line.startsWith('slack: '));

describe('TMPDIR', () => {
  it.each([
    ['is missing', () => '/missing/folder'],
    ['has too long a path for a socket', (folder: string) => join(folder, 'x'.repeat(100))],
  ])('that %s is told, and another folder is used', async (_, tmpdir) => {
    const world = await aWorld();
    const TMPDIR = tmpdir(world.folder);
    if (TMPDIR.startsWith(world.folder)) mkdirSync(TMPDIR);
    const started = start(world, { env: { TMPDIR } });
    await waitForLine(started.lines, 'slack: connected');
    expect(started.complaints()).toContainEqual(expect.stringContaining(`TMPDIR, ${TMPDIR}, cannot hold`));
    // The second finds the first by its socket.
    expect(await start(world, { env: { TMPDIR } }).ended).toBe(0);
  });
});

it('without a display says so, hidden or not', async () => {
  const world = await aWorld();
  const started = start(world, { env: { DISPLAY: '', WAYLAND_DISPLAY: '' } });
  expect(await started.ended).toBe(1);
  expect(started.complaints()).toEqual([expect.stringContaining('There is no display')]);
});

it.each([[['--hidden']], [[]]])(
  'without a display, told so by a switch, works without a tray (%j)',
  async (switches) => {
    const world = await aWorld();
    const started = start(world, {
      // Without a bus the tray's menu would be GTK's, which has no display either.
      env: { DISPLAY: '', WAYLAND_DISPLAY: '', DBUS_SESSION_BUS_ADDRESS: '' },
      switches: [...switches, '--ozone-platform=headless'],
    });
    await waitForLine(started.lines, 'slack: connected');
    await world.slack.slash('/ticket', 'The printer is on fire', byAlice);
    await world.theRow({ step: 'announced' });
    started.process.kill('SIGTERM');
    expect(await started.ended).toBe(0);
  },
);
