import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type Channel, ipc } from '../../shared/ipc.ts';
import { type Desk, startDesk } from './desk.ts';
import { aWorld, byAlice, type World } from './world.ts';

async function openDesk(): Promise<{ world: World; desk: Desk; page: Page }> {
  const world = await aWorld();
  const settings = { ...world.credentials, OPENAI_API_KEY: 'sk-never-to-be-seen-again' };
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
    ]);
    const inFrame = await page.evaluate(() => {
      const { document } = globalThis as unknown as { document: PageDocument };
      const frame = document.createElement('iframe');
      document.body.append(frame);
      return Reflect.get(frame.contentWindow, 'desk') === undefined;
    });
    expect(inFrame).toBe(true);
  });

  it.each(['http://127.0.0.1:9/', 'file:///etc/hostname'])('does not go to %s', async (url) => {
    const { desk, page } = await openDesk();
    const home = page.url();
    const refused = desk.app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<boolean>((resolve) => {
          BrowserWindow.getAllWindows()[0]?.webContents.once('will-navigate', (event) =>
            setImmediate(() => resolve(event.defaultPrevented)),
          );
        }),
    );
    await page.evaluate((to) => Reflect.set(Reflect.get(globalThis, 'location'), 'href', to), url);
    expect(await refused).toBe(true);
    expect(page.url()).toBe(home);
    expect(home).toMatch(/^file:.*index\.html$/);
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

describe('what the window asks of the app', () => {
  it('is refused on a channel that does not exist', async () => {
    const { page } = await openDesk();
    for (const channel of ['nope', 'toString', '__proto__', 'log:read']) {
      await expect(invoke(page, channel, undefined)).rejects.toThrow('There is no channel');
    }
  });

  it('is answered with invalid_input when it is malformed', async () => {
    const { world, page } = await openDesk();
    const malformed: [Channel, unknown][] = [
      ['tickets:list', { limit: 1e9 }],
      ['tickets:list', 'all'],
      ['tickets:list', { limit: 10, search: { $gt: '' } }],
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
    await world.theRow({ step: 'announced' });
    const requests: Partial<Record<Channel, unknown>> = {
      'tickets:list': { limit: 200 },
      'issue:open': { requestId: 'unknown' },
      'settings:save': { change: { OPENAI_API_KEY: 'sk-another-secret-key' }, allowPlainText: false },
    };
    const answers: unknown[] = [];
    for (const channel of Object.keys(ipc)) {
      answers.push(await invoke(page, channel, requests[channel as Channel]));
    }
    const logFile = join(world.dataDir, 'logs', 'main.log');
    const said = [JSON.stringify(answers), await page.content(), ...desk.lines(), readFileSync(logFile, 'utf8')];
    expect(said[0]).toContain('The VPN drops');
    const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, JIRA_API_TOKEN } = world.credentials;
    const replyAddress = '/response/';
    for (const secret of [SLACK_BOT_TOKEN, SLACK_APP_TOKEN, JIRA_API_TOKEN, 'sk-', replyAddress]) {
      expect(said.join('\n')).not.toContain(secret);
    }
  });
});

/** As much of the page's document as is used here; these tests are compiled for Node. */
interface PageDocument {
  body: { append(element: object): void };
  createElement(name: string): { contentWindow: object; textContent: string };
  addEventListener(event: string, listener: (event: { effectiveDirective: string }) => void): void;
}
