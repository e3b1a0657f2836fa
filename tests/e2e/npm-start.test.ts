import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLoopbackServer } from '../../stand-ins/loopback-server.ts';
import { hasProgram } from '../../tools/linux-packages.ts';
import { projectDir } from '../../tools/paths.ts';
import { endGroup, onDisplay, waitForLine } from './desk.ts';
import { aWorld, byAlice, type World } from './world.ts';

interface Started {
  npm: ChildProcess;
  lines(): string[];
  /** What came on stderr so far. */
  complaints(): string;
  /** Processes of this start that still live, whatever group they are in. */
  survivors(): string[];
}

/** `npm start -- ...` as a person types it, in a process group of its own, without a display unless `more` has one. */
function npmStart(world: World, args: string[], more: Record<string, string> = {}): Started {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _w, ...env } = onDisplay({ ...world.credentials, DESK_MARK: world.folder });
  const npm = spawn('npm', ['--prefix', projectDir, 'start', '--', ...args], {
    cwd: world.folder,
    env: { ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  onTestFinished(() => endGroup(npm));
  let stdout = '';
  npm.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  let stderr = '';
  npm.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  return {
    npm,
    lines: () => stdout.split('\n').filter(Boolean),
    complaints: () => stderr,
    survivors: () => processesOf(world),
  };
}

/** By a mark in the environment, or by the data folder in the arguments: Chromium rewrites one of them. */
function processesOf(world: World): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    const [command, environment] = [readProcess(pid, 'cmdline'), readProcess(pid, 'environ')];
    return command.includes(world.dataDir) || environment.includes(`DESK_MARK=${world.folder}`)
      ? [`${pid} ${command.replaceAll('\0', ' ')}`]
      : [];
  });
}

function readProcess(pid: string, file: string): string {
  try {
    return readFileSync(join('/proc', pid, file), 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}

const isPossible = process.platform === 'linux' && hasProgram('Xvfb');
if (!isPossible) console.warn('npm start is NOT tested here: that needs Linux and Xvfb.');

describe.skipIf(!isPossible)('npm start -- --hidden', () => {
  it.each([
    ['SIGTERM to npm alone', (pid: number) => process.kill(pid, 'SIGTERM')],
    ['SIGTERM to its process group', (pid: number) => process.kill(-pid, 'SIGTERM')],
    ['Ctrl+C', (pid: number) => process.kill(-pid, 'SIGINT')],
  ])('passes stdout through, works, and leaves nothing behind after %s', async (_, end) => {
    const world = await aWorld();
    // Relative, so meant from where npm was called.
    const { npm, lines, survivors } = npmStart(world, ['--hidden', '--user-data-dir=data']);
    await waitForLine(lines, 'slack: connected');
    await waitForLine(lines, 'jira: ok');
    await world.slack.slash('/ticket', 'The VPN drops', byAlice);
    await world.theRow({ step: 'announced', jira_issue_key: 'KAN-1' });
    expect(survivors().join('\n')).toMatch(/Xvfb/);

    end(npm.pid ?? 0);
    await world.slack.waitForConnections(0);
    await vi.waitFor(() => expect(survivors()).toEqual([]));
  });

  it('leaves no token in the environment of the program', async () => {
    const world = await aWorld();
    const { lines, survivors } = npmStart(world, ['--hidden', '--user-data-dir=data']);
    await waitForLine(lines, 'slack: connected');
    const program = survivors().filter((line) => /^\d+ \S*electron /.test(line));
    expect(program.length).toBeGreaterThan(1);
    const { SLACK_BOT_TOKEN = 'none' } = world.credentials;
    for (const line of program) expect(readProcess(line.split(' ')[0] ?? '', 'environ')).not.toContain(SLACK_BOT_TOKEN);
  });

  it('ends with its process group even when that is killed outright', async () => {
    const world = await aWorld();
    const { npm, lines, survivors } = npmStart(world, ['--hidden', '--user-data-dir=data']);
    await waitForLine(lines, 'slack: connected');
    endGroup(npm);
    // Orderly or not, nobody may outlive the group: not the app, nor the screen it was given.
    await vi.waitFor(() => expect(survivors()).toEqual([]));
  });

  it('takes the .env of the folder where it is called, but sends no tokens of elsewhere to its addresses', async () => {
    const world = await aWorld();
    const thief = await createLoopbackServer({ operationOf: () => 'asked', answer: () => ({ status: 404 }) });
    onTestFinished(() => thief.close());
    const addresses = { SLACK_API_URL: `${thief.origin}/api/`, JIRA_BASE_URL: thief.origin };
    const refused = { OPENAI_ALLOWED: 'true', DELETE_TICKETS_AFTER_DAYS: '1', GGML_MODEL_PATH: '/tmp/a.gguf' };
    const write = (values: Record<string, string>) =>
      writeFileSync(
        join(world.folder, '.env'),
        Object.entries(values)
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
      );
    write({ ...addresses, ...refused });
    const without = (names: object) => Object.fromEntries(Object.keys(names).map((name) => [name, '']));
    const args = ['--hidden', '--user-data-dir=data'];
    const first = npmStart(world, args, without(addresses));
    await waitForLine(first.lines, 'slack: disconnected not_configured');
    await waitForLine(first.lines, 'jira: not_configured');
    await waitForLine(first.lines, 'model: none');
    await waitForLine(first.lines, /^settings: JIRA_API_TOKEN: The address is now .* folder where npm was called/);
    await vi.waitFor(() => {
      const log = readFileSync(join(world.dataDir, 'logs', 'main.log'), 'utf8');
      for (const name of Object.keys(refused))
        expect(log).toMatch(new RegExp(`${name} .*does not count from the folder`));
    });
    expect(thief.requests).toEqual([]);
    endGroup(first.npm);
    await vi.waitFor(() => expect(first.survivors()).toEqual([]));

    // Its own tokens go to its own addresses.
    write(world.credentials);
    const second = npmStart(world, args, without(world.credentials));
    await waitForLine(second.lines, 'slack: connected');
    await waitForLine(second.lines, 'jira: ok');
  });

  it('passes on why nothing could be started, and the code', async () => {
    const world = await aWorld();
    mkdirSync(join(world.dataDir, 'tickets.db'), { recursive: true });
    const { npm, complaints } = npmStart(world, ['--hidden', '--user-data-dir=data']);
    const [code] = await once(npm, 'close');
    expect(code).toBe(4);
    expect(complaints()).toContain(`${join(world.dataDir, 'tickets.db')} is a folder`);
  });

  it('started twice leaves one app, and the second ends with code 0', async () => {
    const world = await aWorld();
    const display = onDisplay();
    const shared = display['DISPLAY'] === undefined ? {} : { DISPLAY: display['DISPLAY'] };
    const first = npmStart(world, ['--hidden', '--user-data-dir=data'], shared);
    await waitForLine(first.lines, 'slack: connected');
    const second = npmStart(world, ['--hidden', '--user-data-dir=data'], shared);
    const [code] = await once(second.npm, 'close');
    expect(code).toBe(0);
    expect(second.lines().filter((line) => /^(slack|jira|model):/.test(line))).toEqual([]);
    expect(world.slack.connections).toBe(1);
  });
});
