import { createSocket } from 'node:dgram';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Channel, ipc } from '../../shared/ipc.ts';
import { keysOf } from '../../shared/keys-of.ts';
import { allTickets } from '../../shared/ticket-list.ts';
import { projectDir } from '../../tools/paths.ts';
import { type Desk, startDesk } from './desk.ts';
import { sendByEveryWay } from './send-by-every-way.ts';
import { aWorld, byAlice, type World } from './world.ts';

const openAiKey = 'sk-never-to-be-seen-again';

async function openDesk(): Promise<{ world: World; desk: Desk; page: Page }> {
  const world = await aWorld();
  const settings = { ...world.credentials, OPENAI_API_KEY: openAiKey };
  const desk = await startDesk(world, { settings });
  await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: ok')]);
  const page = await desk.page();
  await page.getByText('No tickets yet').waitFor();
  return { world, desk, page };
}

/** What a page that was taken over could send; the contract's types do not bind it. */
function invoke(page: Page, channel: string, request: unknown): Promise<unknown> {
  return page.evaluate(([name, payload]) => Reflect.get(globalThis, 'desk').invoke(name, payload), [
    channel,
    request,
  ] as const);
}

describe('the window', () => {
  it('has no Node, and of the app only window.desk', async () => {
    const { page } = await openDesk();
    const found = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', '__dirname'].filter(
        (name) => Reflect.get(globalThis, name) !== undefined,
      ),
    );
    expect(found).toEqual([]);
    expect(await page.evaluate(() => Object.keys(Reflect.get(globalThis, 'desk')).sort())).toEqual([
      'invoke',
      'onChange',
      'onShow',
    ]);
    const inFrame = await page.evaluate(() => {
      const { document } = globalThis as unknown as { document: PageDocument };
      const frame = document.createElement('iframe');
      document.body.append(frame);
      return Reflect.get(frame.contentWindow, 'desk') === undefined;
    });
    expect(inFrame).toBe(true);
  });

  it.each(['http://127.0.0.1:9/', 'ticket-agent://elsewhere/index.html'])('does not go to %s', async (url) => {
    const { desk, page } = await openDesk();
    const home = page.url();
    await desk.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.once('will-navigate', (event) =>
        setImmediate(() => Reflect.set(globalThis, 'isRefused', event.defaultPrevented)),
      );
    });
    await page.evaluate((to) => Reflect.set(Reflect.get(globalThis, 'location'), 'href', to), url);
    await vi.waitFor(async () =>
      expect(await desk.app.evaluate(() => Reflect.get(globalThis, 'isRefused'))).toBe(true),
    );
    expect(page.url()).toBe(home);
    expect(home).toBe('ticket-agent://window/index.html');
  });

  it('does not go to a file, nor read one', async () => {
    const { page } = await openDesk();
    const home = page.url();
    const refused = page.waitForEvent('console', (message) => message.text().includes('Not allowed to load local'));
    await page.evaluate(() => Reflect.set(Reflect.get(globalThis, 'location'), 'href', 'file:///etc/hostname'));
    await refused;
    expect(page.url()).toBe(home);
    expect(await page.evaluate(() => fetch('file:///etc/hostname').then(String, String))).toContain('TypeError');
  });

  it('has no menu of Electron’s, whose entries open the developer tools and reload the page', async () => {
    const { desk } = await openDesk();
    expect(await desk.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.length ?? 0)).toBe(0);
  });

  it('opens no other window, and loads and runs nothing from elsewhere', async () => {
    const { desk, page } = await openDesk();
    const opened = await page.evaluate(() => Reflect.get(globalThis, 'open')('https://example.com') === null);
    expect(opened).toBe(true);
    expect(await desk.windows()).toHaveLength(1);
    const fetched = await page.evaluate((url) => fetch(url).then(String, String), 'http://127.0.0.1:9/');
    expect(fetched).toContain('TypeError');
    // Not `eval`: Playwright lifts the policy for what it evaluates itself.
    const violated = await page.evaluate(() => {
      const { document } = globalThis as unknown as { document: PageDocument };
      const violation = new Promise<string>((resolve) =>
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective)),
      );
      const script = document.createElement('script');
      script.textContent = 'globalThis.wasRun = true';
      document.body.append(script);
      return violation;
    });
    expect(violated).toBe('script-src-elem');
    expect(await page.evaluate(() => Reflect.get(globalThis, 'wasRun'))).toBeUndefined();
  });
});

describe('a page that was taken over', () => {
  it('sends nothing to anybody, by whatever way a page has', async () => {
    const { desk, page } = await openDesk();
    const came: string[] = [];
    const datagrams = createSocket('udp4').on('message', () => came.push('a datagram'));
    await new Promise<void>((resolve) => datagrams.bind(0, '127.0.0.1', resolve));
    const connections = createServer((socket) => {
      came.push('a connection');
      socket.on('error', () => {}).end();
    });
    await new Promise<void>((resolve) => connections.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      datagrams.close();
      connections.close();
    });
    const [udp, tcp] = [datagrams.address().port, (connections.address() as AddressInfo).port];

    const candidates = await page.evaluate(sendByEveryWay, [udp, tcp] as const);
    // Not even the addresses of this machine are told.
    expect(candidates).toEqual([]);
    expect(came).toEqual([]);
    // The sockets do take what comes.
    const probe = createSocket('udp4');
    probe.send('x', udp, '127.0.0.1', () => probe.close());
    connect(tcp, '127.0.0.1').on('error', () => {});
    await vi.waitFor(() => expect(came.sort()).toEqual(['a connection', 'a datagram']));
    // Nor is a name resolved for it: names carry data too.
    const resolved = desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.session.resolveHost('localhost'),
    );
    await expect(resolved).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
    const proxies = desk.app.evaluate(({ BrowserWindow }) =>
      Promise.all(
        ['https://example.com', 'http://127.0.0.1'].map((to) =>
          BrowserWindow.getAllWindows()[0]?.webContents.session.resolveProxy(to),
        ),
      ),
    );
    expect(await proxies).toEqual(['SOCKS5 127.0.0.1:1', 'SOCKS5 127.0.0.1:1']);
  });

  it('gets the files of its folder only, by their names', async () => {
    const { desk } = await openDesk();
    const statuses = await desk.app.evaluate(async ({ BrowserWindow }) => {
      const own = BrowserWindow.getAllWindows()[0]?.webContents.session;
      const found: Record<string, number | string> = {};
      for (const path of [
        'window/index.html',
        'window/../main/main.js',
        'window/%2e%2e/main/main.js',
        'window/..%2fmain%2fmain.js',
        'window/assets/..%5c..%5cmain%5cmain.js',
        'window//etc/hostname',
        'elsewhere/index.html',
      ]) {
        found[path] = (await own?.fetch(`ticket-agent://${path}`).then(({ status }) => status, String)) ?? 'no session';
      }
      return found;
    });
    const { 'window/index.html': page, ...others } = statuses;
    expect(page).toBe(200);
    for (const status of Object.values(others))
      expect([404, 'TypeError: fetch failed', expect.stringContaining('ERR_BLOCKED_BY_CLIENT')]).toContainEqual(status);
  });
});

describe('what the window asks of the app', () => {
  it('is asked about outside the window where it sends data elsewhere, and refused unless a person agrees', async () => {
    const world = await aWorld();
    mkdirSync(world.dataDir, { recursive: true });
    const settingsFile = join(world.dataDir, 'settings.json');
    const { SLACK_API_URL, ...ours } = world.credentials;
    writeFileSync(settingsFile, JSON.stringify(ours));
    const desk = await startDesk(world, { settings: { SLACK_API_URL: SLACK_API_URL ?? '' } });
    await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: ok')]);
    // By now it says where each token was sent first.
    const before = readFileSync(settingsFile, 'utf8');
    const page = await desk.page();
    const theirs = { JIRA_BASE_URL: 'http://127.0.0.1:9', JIRA_API_TOKEN: 'theirs' };
    const changes = [theirs, { SLACK_BOT_TOKEN: 'xoxb-1-1-theirs' }, { OPENAI_ALLOWED: 'true' }];
    const save = (change: object) => invoke(page, 'settings:save', { change, allowPlainText: true, confirmed: true });
    const download = { uri: 'http://127.0.0.1:9/theirs.gguf', sha256: null };
    const refused = { ok: false, error: { code: 'forbidden', message: expect.stringContaining('you did not agree') } };

    await desk.answerQuestions(1);
    for (const change of changes) expect(await save(change)).toMatchObject(refused);
    expect(await invoke(page, 'settings:test', { target: 'jira', change: theirs })).toMatchObject(refused);
    expect(await invoke(page, 'downloads:start', download)).toMatchObject(refused);
    expect(readFileSync(settingsFile, 'utf8')).toBe(before);
    const questions = await desk.questions();
    expect(questions).toHaveLength(5);
    for (const { buttons, defaultId, cancelId } of questions) {
      expect([buttons?.[1], defaultId, cancelId]).toEqual(['Cancel', 1, 1]);
    }

    await desk.answerQuestions(0);
    for (const change of changes) expect(await save(change)).toMatchObject({ ok: true });
    expect(JSON.parse(readFileSync(settingsFile, 'utf8'))).toMatchObject({ ...theirs, OPENAI_ALLOWED: 'true' });
    expect(await invoke(page, 'downloads:start', download)).toMatchObject({ ok: true });
    await desk.answerQuestions(1);
    expect(await invoke(page, 'downloads:start', { ...download, uri: `${download.uri}?2` })).toMatchObject({
      ok: true,
    });
    expect(await desk.questions()).toEqual([]);
  });

  it('is refused on a channel that does not exist', async () => {
    const { page } = await openDesk();
    for (const channel of ['nope', 'toString', '__proto__', 'log:read']) {
      await expect(invoke(page, channel, undefined)).rejects.toThrow('There is no channel');
    }
  });

  it('is refused where another window asks, though it has our preload script', async () => {
    const { desk } = await openDesk();
    const preload = join(projectDir, 'dist', 'main', 'preload.cjs');
    const foreign = desk.app.waitForEvent('window');
    await desk.app.evaluate(async ({ BrowserWindow }, path) => {
      const window = new BrowserWindow({ show: false, webPreferences: { preload: path, sandbox: true } });
      await window.loadURL('about:blank');
    }, preload);
    expect(await invoke(await foreign, 'settings:read', undefined)).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
  });

  it('is answered with invalid_input when it is malformed', async () => {
    const { world, page } = await openDesk();
    const malformed: [Channel, unknown][] = [
      ['tickets:page', { filter: allTickets, offset: 0, limit: 1e9 }],
      ['tickets:page', { filter: { ...allTickets, view: 'mine' }, offset: 0, limit: 10 }],
      ['tickets:page', 'all'],
      ['tickets:page', { filter: { ...allTickets, search: { $gt: '' } }, offset: 0, limit: 10 }],
      ['tickets:decide', { requestId: 'r1', status: 'created' }],
      ['tickets:export', { filter: allTickets, format: 'exe' }],
      ['page:open', { page: 'https://evil.example' }],
      ['folder:open', { what: '/etc' }],
      ['clipboard:write', { text: 'x'.repeat(20_001) }],
      ['owner:ask', { user: '<!channel>' }],
      ['settings:test', { target: 'slack_bot', change: { SLACK_API_URL: 'https://evil.example/' } }],
      ['issue:open', { requestId: 7 }],
      ['status:read', { verbose: true }],
      ['settings:read', 0],
      ['settings:save', { change: { JIRA_PROJECT_KEY: 7 }, allowPlainText: true }],
      ['settings:save', { change: { SLACK_API_URL: 'https://evil.example/' }, allowPlainText: true }],
      ['settings:save', { change: { label_to_issue_type: 'x' }, allowPlainText: true }],
      ['settings:save', null],
    ];
    for (const [channel, request] of malformed) {
      expect(await invoke(page, channel, request), `${channel} ${JSON.stringify(request)}`).toMatchObject({
        ok: false,
        error: { code: 'invalid_input' },
      });
    }
    expect(existsSync(join(world.dataDir, 'settings.json'))).toBe(false);
  });

  it('is never answered with a secret, and none reaches stdout or the log file', async () => {
    const { world, desk, page } = await openDesk();
    await world.slack.slash('/ticket', 'The VPN drops', byAlice);
    const { request_id: requestId } = await world.theRow({ step: 'announced' });
    const requests: Partial<Record<Channel, unknown>> = {
      'tickets:page': { filter: allTickets, offset: 0, limit: 200 },
      'tickets:read': { requestId },
      'tickets:load-rest': { from: null },
      'tickets:form': { requestId, project: null, issueType: null },
      'tickets:retry': { requestId, edits: {} },
      'tickets:create-anyway': { requestId },
      'tickets:discard': { requestId },
      'tickets:relabel': { requestId, label: 'Task' },
      'tickets:decide': { requestId, status: 'approved' },
      'activity:read': { limit: 100 },
      'settings:save': { change: { NOTIFY_APPROVAL: 'true' }, allowPlainText: false },
      'settings:test': { target: 'slack_bot', change: {} },
      'jira:projects': { change: {} },
      'jira:types': { change: {} },
      'owner:ask': { user: 'U01ALICE' },
      'owner:confirm': { code: '000000' },
      'guide:test-ticket': { text: 'A test' },
      'model:choose': { path: '/etc/passwd' },
      'model:reveal': { path: '/etc/passwd' },
      'model:delete': { path: '/etc/passwd' },
      'model:remove-folder': { path: '/etc' },
      'model:try': { text: 'The VPN drops' },
      'desk:pause': { paused: false },
      'desk:try-now': { part: 'jira' },
    };
    const answers: unknown[] = [];
    for (const channel of keysOf(ipc)) {
      if (outside.includes(channel)) continue;
      answers.push(await invoke(page, channel, requests[channel]));
    }
    for (const target of ['slack_app', 'jira', 'openai']) {
      answers.push(await invoke(page, 'settings:test', { target, change: {} }));
    }
    const logFile = join(world.dataDir, 'logs', 'main.log');
    for (const name of ['Settings', 'Status', 'Model', 'Tickets']) {
      await page.getByRole('navigation').getByRole('button', { name }).click();
      await page.getByRole('heading', { name, level: 1 }).waitFor();
    }
    const places = ['an answer', 'the page', 'a line of stdout', 'the log file'];
    const said = [JSON.stringify(answers), await heapOf(page), desk.lines().join('\n'), readFileSync(logFile, 'utf8')];
    expect(said[0]).toContain('The VPN drops');
    // What the page holds is really looked at.
    expect(said[1]).toContain('The VPN drops');
    const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, JIRA_API_TOKEN } = world.credentials;
    const replyAddress = '/response/';
    const emailOfAlice = 'alice@example.com';
    const secrets = { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, JIRA_API_TOKEN, openAiKey, replyAddress, emailOfAlice };
    const leaks = Object.entries(secrets).flatMap(([name, secret = '']) =>
      said.flatMap((text, place) => (text.includes(secret) ? [`${name} in ${places[place]}`] : [])),
    );
    expect(leaks).toEqual([]);
  });
});

/** Channels that would open something on the desktop. */
const outside: Channel[] = [
  'tickets:export',
  'model:browse',
  'model:add-folder',
  'project:open',
  'folder:open',
  'page:open',
  'demo:start',
  'issue:open',
  'message:open',
];

/** Everything that the page's JavaScript holds, strings above all, as its heap snapshot writes it. */
async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot');
  await session.detach();
  return chunks.join('');
}

/** As much of the page's document as is used here; these tests are compiled for Node. */
interface PageDocument {
  body: { append(element: object): void };
  createElement(name: string): { contentWindow: object; textContent: string };
  addEventListener(event: string, listener: (event: { effectiveDirective: string }) => void): void;
}
