import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { projectDir } from '../../tools/paths.ts';
import { type Desk, startDesk } from './desk.ts';
import { goTo } from './look.ts';
import { aWorld, byAlice, type World } from './world.ts';

/** Has the app remember each menu it makes from now on; a tray's menu cannot be read from outside. */
function watchMenus(desk: Desk): Promise<void> {
  return desk.app.evaluate(({ Menu }) => {
    const build = Menu.buildFromTemplate;
    Menu.buildFromTemplate = (template) => {
      const menu = build.call(Menu, template);
      Reflect.set(globalThis, 'latestMenu', menu);
      return menu;
    };
  });
}

/** Waits until the tray's menu has all of these labels at once. */
function menuWith(desk: Desk, ...labels: string[]): Promise<void> {
  return vi.waitFor(async () => {
    const shown: string[] = await desk.app.evaluate(() =>
      (Reflect.get(globalThis, 'latestMenu')?.items ?? []).map((item: { label: string }) => item.label),
    );
    expect(shown).toEqual(expect.arrayContaining(labels));
  });
}

function choose(desk: Desk, label: string): Promise<void> {
  return desk.app.evaluate(
    (_, wanted) =>
      Reflect.get(globalThis, 'latestMenu')
        .items.find((item: { label: string }) => item.label === wanted)
        .click(),
    label,
  );
}

const ticketLabel = 'KAN-1: The VPN drops';

/** A desktop without a window that has filed a ticket, so that its menu was made since we watch. */
async function aDeskWithATicket(): Promise<{ world: World; desk: Desk }> {
  const world = await aWorld();
  const desk = await startDesk(world, { args: ['--hidden'] });
  await watchMenus(desk);
  await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: ok')]);
  await world.slack.slash('/ticket', 'The VPN drops', byAlice);
  await menuWith(desk, ticketLabel);
  return { world, desk };
}

describe('the tray’s menu', () => {
  it('says how things are, and opens the window on the ticket that is chosen', async () => {
    const { world, desk } = await aDeskWithATicket();
    await menuWith(desk, ticketLabel, 'Slack: connected', 'Jira: connected', 'Pause', 'Quit');

    const { request_id } = await world.theRow({ jira_issue_key: 'KAN-1' });
    await desk.app.evaluate(({ app }) => {
      app.on('browser-window-created', (_, { webContents }) => {
        const { send } = webContents;
        webContents.send = (...word) => {
          Reflect.set(globalThis, word[0], word[1]);
          send.apply(webContents, word);
        };
      });
    });
    await choose(desk, ticketLabel);
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
    await vi.waitFor(async () =>
      expect(await desk.app.evaluate(() => Reflect.get(globalThis, 'desk:show'))).toEqual({ requestId: request_id }),
    );
  });

  it('pauses and resumes', async () => {
    const { desk } = await aDeskWithATicket();
    await choose(desk, 'Pause');
    await menuWith(desk, 'Resume', 'Slack: paused');
    await choose(desk, 'Resume');
    await menuWith(desk, 'Pause', 'Slack: connected');
  });

  it('quits', async () => {
    const { desk } = await aDeskWithATicket();
    const ended = new Promise((resolve) => desk.process.once('exit', resolve));
    // The answer may be lost: the app is gone before it can give it.
    await choose(desk, 'Quit').catch(() => {});
    expect(await ended).toBe(0);
  });
});

it('every icon of the tray can be read by Electron, at both densities', async () => {
  const desk = await startDesk(await aWorld(), { args: ['--hidden'] });
  const folder = join(projectDir, 'assets', 'tray');
  const files = readdirSync(folder).filter((name) => name.endsWith('.png') && !name.includes('@2x'));
  // Three moods, with and without the dot, for three platforms.
  expect(files).toHaveLength(18);
  const found = await desk.app.evaluate(
    ({ nativeImage }, paths) =>
      paths.map((path) => {
        const image = nativeImage.createFromPath(path);
        return [image.isEmpty(), ...image.getScaleFactors()];
      }),
    files.map((name) => join(folder, name)),
  );
  expect(found).toEqual(files.map(() => [false, 1, 2]));
});

describe('the window', () => {
  it('opens where the person left it', async () => {
    const world = await aWorld();
    const place = { x: 60, y: 80, width: 700, height: 550 };
    const desk = await startDesk(world);
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
    await desk.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), place);
    const file = join(world.dataDir, 'window.json');
    await vi.waitFor(() => expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject(place));
    await desk.quit();

    const again = await startDesk(world);
    await vi.waitFor(async () => expect(await again.windows()).toEqual([true]));
    await vi.waitFor(async () =>
      expect(await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toEqual(
        place,
      ),
    );
  });

  it('has the ground of its page from the start, in light and in dark', async () => {
    const world = await aWorld();
    const desk = await startDesk(world);
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
    for (const [theme, ground] of [
      ['dark', '#17191E'],
      ['light', '#FFFFFF'],
    ] as const) {
      await desk.app.evaluate(({ nativeTheme }, source) => {
        nativeTheme.themeSource = source;
      }, theme);
      await vi.waitFor(async () => {
        const [shown] = await desk.app.evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows().map((window) => window.getBackgroundColor()),
        );
        expect(shown).toBe(ground);
      });
    }
  });
});

describe('a notification', () => {
  /** A desktop without a window on which a ticket waits for approval. */
  async function aDeskThatNotifies(world: World): Promise<Desk> {
    const settings = { ...world.credentials, NOTIFY_APPROVAL: 'true' };
    const desk = await startDesk(world, { args: ['--hidden'], settings });
    await desk.app.evaluate(({ Notification }) => {
      // The machines that run this have no notification server.
      Notification.isSupported = () => true;
      Notification.prototype.show = function () {
        Reflect.set(globalThis, 'notification', this);
      };
    });
    await Promise.all([desk.waitForLine('slack: connected'), desk.waitForLine('jira: ok')]);
    await world.slack.slash('/ticket', 'The VPN drops', byAlice);
    await theNotification(desk, 'KAN-1 waits for approval');
    return desk;
  }

  /** What the latest one says, once it has this title. */
  function theNotification(desk: Desk, title: string) {
    return vi.waitFor(async () => {
      const shown = await desk.app.evaluate(() => {
        const { title, body, actions } = Reflect.get(globalThis, 'notification') ?? {};
        return { title, body, actions };
      });
      expect(shown).toMatchObject({ title });
      return shown;
    });
  }

  const click = (desk: Desk) => desk.app.evaluate(() => Reflect.get(globalThis, 'notification').emit('click'));

  it('tells of a ticket that waits for approval, and its click opens it', async () => {
    const desk = await aDeskThatNotifies(await aWorld());
    expect(await theNotification(desk, 'KAN-1 waits for approval')).toMatchObject({ body: 'The VPN drops' });
    await click(desk);
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
  });

  it('tells why the decision that was taken in one did not count', async () => {
    const world = await aWorld();
    const desk = await aDeskThatNotifies(world);
    // Nobody has said whose desktop this is, so there are no buttons; whoever loses that right meanwhile has them.
    await desk.app.evaluate(() => Reflect.get(globalThis, 'notification').emit('action', { actionIndex: 0 }, 0));
    const { body } = await theNotification(desk, 'Your decision was not taken');
    expect(body).toMatch(/whose desktop this is/);
    await world.theRow({ status: 'created', step: 'announced' });
    await click(desk);
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
  });
});

describe('a page that crashed', () => {
  const crash = (desk: Desk) =>
    desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
  const theWindow = (desk: Desk) =>
    desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ id }) => id));

  it('comes back by itself, after pauses that grow, and when it is asked for', async () => {
    const desk = await startDesk(await aWorld());
    for (const times of [0, 1, 2]) {
      await vi.waitFor(async () => expect(await desk.windows(), `${times} crashes`).toEqual([true]));
      const [before] = await theWindow(desk);
      await crash(desk);
      await vi.waitFor(async () => expect(await theWindow(desk)).not.toContain(before));
    }
    await desk.app.evaluate(({ app }) => app.emit('activate'));
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
  });

  it('leaves the window hidden where it was, and a fresh one opens when it is asked for', async () => {
    const desk = await startDesk(await aWorld());
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
    await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([false]));
    await crash(desk);
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([]));
    await desk.app.evaluate(({ app }) => app.emit('activate'));
    await vi.waitFor(async () => expect(await desk.windows()).toEqual([true]));
  });
});

describe.skipIf(process.platform !== 'linux')('starting at login', () => {
  it('tells on the page Status where it could not be entered', async () => {
    const world = await aWorld();
    // A file where a folder is needed.
    writeFileSync(join(world.folder, 'autostart'), '');
    const settings = { XDG_CONFIG_HOME: world.folder, ...world.credentials, START_AT_LOGIN: 'true' };
    const desk = await startDesk(world, { settings });
    await desk.waitForLine('slack: connected');
    const page = await desk.page();
    await goTo(page, 'Status');
    await page.getByText('Starting at login could not be changed').first().waitFor();
  });

  it('is entered when the person wants it, stays while nobody says anything, and ends when they do not', async () => {
    const world = await aWorld();
    const file = join(world.folder, 'autostart', 'ai-ticket-agent.desktop');
    const runWith = async (settings: Record<string, string>, ...more: string[]) => {
      const desk = await startDesk(world, {
        args: ['--hidden', ...more],
        settings: { XDG_CONFIG_HOME: world.folder, ...settings },
      });
      await desk.waitForLine(/^model: /);
      await desk.quit();
    };
    await runWith({});
    await runWith({ START_AT_LOGIN: 'true' }, '--demo');
    expect(existsSync(file)).toBe(false);

    await runWith({ START_AT_LOGIN: 'true' });
    expect(readFileSync(file, 'utf8')).toMatch(`--hidden --user-data-dir=${world.dataDir}`);
    await runWith({});
    expect(existsSync(file)).toBe(true);
    await runWith({ START_AT_LOGIN: 'false' });
    expect(existsSync(file)).toBe(false);
  });
});
