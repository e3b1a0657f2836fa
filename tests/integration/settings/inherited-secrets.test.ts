import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withInheritedSecrets } from '../../../electron/settings/inherited-secrets.ts';
import { launcherScript } from '../../../tools/launcher.ts';
import { hasProgram } from '../../../tools/linux-packages.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

const isPossible = process.platform === 'linux';
if (!isPossible) console.warn('The launcher is NOT tested here: it is for Linux.');

const module = join(import.meta.dirname, '../../../electron/settings/inherited-secrets.ts');
/** Prints its environment as the system gave it, and as the program takes it. */
const child = `
  const { withInheritedSecrets } = await import(${JSON.stringify(module)});
  const given = (await import('node:fs')).readFileSync('/proc/self/environ', 'utf8');
  const taken = withInheritedSecrets(process.env);
  console.log(JSON.stringify({ given, ...taken, pid: process.pid, again: withInheritedSecrets(process.env).problem }));
  process.exitCode = 7;`;

function launch(env: Record<string, string>, { shell = '/bin/sh', folder = aTemporaryFolder() } = {}) {
  const command = [process.execPath, '--input-type=module', '-e', child];
  const ran = spawnSync(shell, ['-c', launcherScript(), 'launcher', ...command], {
    env: { PATH: process.env['PATH'] ?? '', TMPDIR: folder, ...env },
    encoding: 'utf8',
    timeout: 20_000,
    // bash reads its settings where its input is a socket.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { ...ran, said: ran.stdout === '' ? null : JSON.parse(ran.stdout), left: readdirSync(folder) };
}

const shells = ['/bin/sh', ...['dash', 'bash'].filter(hasProgram).map((name) => `/bin/${name}`)];

describe.skipIf(!isPossible)('the launcher', () => {
  it.each(shells)('hands secrets over and leaves none in the environment, with %s', (shell) => {
    const secrets = {
      SLACK_BOT_TOKEN: 'xoxb-1-1-ours',
      SLACK_APP_TOKEN: ` two lines\nwith "quotes", 'others', $HOME, \`date\`, %s, \\0 and = ü `,
      // Together more than a pipe holds.
      JIRA_API_TOKEN: 'j'.repeat(100_000),
      OPENAI_API_KEY: 'o'.repeat(100_000),
    };
    const { status, said, stderr, left, pid } = launch({ ...secrets, OTHER: 'stays' }, { shell });
    expect([status, stderr]).toEqual([7, '']);
    // The very process that was started: its signals and its end are the program's.
    expect(said.pid).toBe(pid);
    expect(said.env).toMatchObject({ ...secrets, OTHER: 'stays' });
    expect(said.env).not.toHaveProperty('TICKET_AGENT_SECRETS_FD');
    expect(said.problem).toBe(null);
    const found = Object.entries(secrets).filter(
      ([name, secret]) => said.given.includes(name) || said.given.includes(secret),
    );
    expect(found).toEqual([]);
    expect(said.given).toContain('OTHER=stays');
    expect(left).toEqual([]);
    // Read once.
    expect(said.again).toContain('no tokens could be read');
  });

  it('does nothing where there are none, or empty ones, but for a number that somebody else left', () => {
    const { said, stderr } = launch({ SLACK_BOT_TOKEN: '', TICKET_AGENT_SECRETS_FD: '0' });
    expect([said.problem, stderr]).toEqual([null, '']);
    expect(said.given).not.toContain('TICKET_AGENT_SECRETS_FD');
  });

  it('starts the program all the same where no pipe can be made, and says so', () => {
    const folder = aTemporaryFolder();
    writeFileSync(join(folder, 'mktemp'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const path = `${folder}:${process.env['PATH']}`;
    const { said, stderr } = launch({ PATH: path, SLACK_BOT_TOKEN: 'xoxb-1-1-ours' });
    expect(said.env.SLACK_BOT_TOKEN).toBe('xoxb-1-1-ours');
    expect(stderr).toContain('stay in the environment');
  });

  it('passes a signal on, since it is the program', async () => {
    const wait = 'process.stdout.write("ready"); setInterval(() => {}, 1000)';
    const args = ['-c', launcherScript(), 'launcher', process.execPath, '-e', wait];
    const app = spawn('/bin/sh', args, { env: { ...process.env, SLACK_BOT_TOKEN: 'xoxb-1-1-ours' } });
    const ended = once(app, 'exit');
    await once(app.stdout, 'data');
    app.kill('SIGTERM');
    expect(await ended).toEqual([null, 'SIGTERM']);
  });
});

describe.skipIf(!isPossible)('a number that is not the launcher’s', () => {
  const problemWith = (fd: string) => withInheritedSecrets({ TICKET_AGENT_SECRETS_FD: fd, OTHER: 'stays' });

  it.each(['0', '1', '2', '-1', '9999', 'nine', '9;10', '1e9'])('is said and otherwise nothing: %s', (fd) => {
    expect(problemWith(fd)).toEqual({ env: { OTHER: 'stays' }, problem: expect.stringContaining('no tokens') });
  });

  it.each([
    ['that nobody closes', 'sleep 6', 'no end'],
    ['that never ends', 'yes', 'too long'],
  ])(
    'is given up where it is a pipe %s',
    (_, writer, why) => {
      const script = `${writer} | TICKET_AGENT_SECRETS_FD=9 "$@" 9<&0`;
      const ran = spawnSync('/bin/sh', ['-c', script, 'x', process.execPath, '--input-type=module', '-e', child], {
        encoding: 'utf8',
        timeout: 60_000,
      });
      expect(JSON.parse(ran.stdout).problem).toContain(why);
    },
    60_000,
  );

  it('brings no settings but secrets, and none that stands in the environment', () => {
    const script = `printf 'JIRA_BASE_URL=https://theirs.example\\0SLACK_BOT_TOKEN=theirs\\0OPENAI_API_KEY=k\\0nonsense' | \
      SLACK_BOT_TOKEN=ours TICKET_AGENT_SECRETS_FD=9 "$@" 9<&0`;
    const ran = spawnSync('/bin/sh', ['-c', script, 'x', process.execPath, '--input-type=module', '-e', child], {
      env: { PATH: process.env['PATH'] ?? '' },
      encoding: 'utf8',
    });
    const { env } = JSON.parse(ran.stdout);
    expect(env).toMatchObject({ SLACK_BOT_TOKEN: 'ours', OPENAI_API_KEY: 'k' });
    expect(env).not.toHaveProperty('JIRA_BASE_URL');
  });
});
