import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app, dialog, powerMonitor, safeStorage, shell } from 'electron';
import { toAppError } from '../shared/errors.ts';
import { type Change, changeChannel } from '../shared/ipc.ts';
import type { DemoMode } from './demo/demo-mode.ts';
import { createHandlers } from './ipc/handlers.ts';
import { registerIpc } from './ipc/register.ts';
import { createTicketLog } from './log/ticket-log.ts';
import { createLogger, type DeskLogger } from './logging.ts';
import { createProgram, type Program } from './program.ts';
import { dataFolder } from './settings/data-folder.ts';
import { createSavedSettings } from './settings/saved-settings.ts';
import { createSecretStore } from './settings/secret-store.ts';
import { createTray } from './shell/tray.ts';
import { createMainWindow } from './shell/window.ts';
import type { TicketLog } from './tickets/ports.ts';

const { argv, env, platform } = process;
const cwd = process.cwd();
const dataDir = dataFolder({ argv, env, cwd, platform, home: homedir() });
const isHidden = argv.includes('--hidden');
const isDemo = argv.includes('--demo');
/** The work in hand gets this long when the program quits. */
const quitMs = 3_000;

// Before anything else, because the single-instance lock lies in the data folder too.
const hasDataDir = makeDataFolder();
app.setPath('userData', dataDir);
app.setPath('sessionData', join(dataDir, 'chromium'));
// Whoever reads our stdout may go away before we do.
process.stdout.on('error', () => {});

if (!hasDataDir) {
  app.exit(1);
} else if (app.requestSingleInstanceLock()) {
  // Not awaited: an ES module that awaits `ready` at its top level hangs a packaged app.
  void app.whenReady().then(run).catch(giveUp);
} else {
  app.quit();
}

function makeDataFolder(): boolean {
  try {
    // Tickets and tokens are nobody else's business on a shared machine.
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return true;
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    process.stderr.write(
      `The data folder ${dataDir} cannot be used (${reason}). Choose another with --user-data-dir.\n`,
    );
    return false;
  }
}

/** The program cannot start; whoever started it must hear of it. */
function giveUp(thrown: unknown): void {
  const error = toAppError(thrown);
  process.stderr.write(`AI Ticket Agent cannot start. ${error.message}\n`);
  try {
    createLogger(dataDir).failure(error, 'start');
  } catch {
    // The log file may be what is wrong; stderr has it.
  }
  app.exit(1);
}

async function run(): Promise<void> {
  const logger = createLogger(dataDir);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (thrown: unknown) => logger.failure(toAppError(thrown), event));
  }
  const log = await openLog(logger);
  if (log === null) return app.exit(1);

  const window = createMainWindow({
    preload: join(import.meta.dirname, 'preload.cjs'),
    page: join(import.meta.dirname, '../renderer/index.html'),
  });
  const tray = createTray({ onOpen: window.show, onQuit: () => app.quit() });
  const onChange = (change: Change) => {
    window.contents()?.send(changeChannel, change);
    if (change === 'status') tray?.show(program.status());
  };
  const demo = isDemo ? await startDemo(log, () => onChange('demo')) : null;
  const secretStore = createSecretStore(safeStorage, platform);
  const program: Program = createProgram({
    dataDir,
    // The demo knows no real credentials: neither those of the environment nor a .env of the current folder.
    cwd: demo === null ? cwd : dataDir,
    env: demo === null ? env : demo.env,
    templatePath: join(app.getAppPath(), 'config.yml'),
    version: app.getVersion(),
    demo: isDemo,
    saved: createSavedSettings({ dataDir, secretStore }),
    secretStore,
    log,
    logger,
    print: (line) => process.stdout.write(`${line}\n`),
    onChange,
    onError: logger.failure,
  });

  registerIpc({
    handlers: createHandlers({ program, log, openExternal: (url) => shell.openExternal(url), demo }),
    ui: window.contents,
    onError: logger.failure,
  });
  powerMonitor.on('resume', () => program.wake());
  app.on('second-instance', window.show);
  app.on('activate', window.show);
  app.on('window-all-closed', () => {});
  quitCleanly(window.letGo, async () => {
    await program.stop();
    await Promise.all([log.close(), demo?.close()]);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());

  tray?.show(program.status());
  if (!isHidden) window.show();
  await program.start();
}

/** Loaded only here, so that the stand-ins are no part of the real program at work. */
async function startDemo(log: TicketLog, onChange: () => void): Promise<DemoMode> {
  const { createDemoMode } = await import('./demo/demo-mode.ts');
  const earlier = await log.list({ limit: 200 });
  return createDemoMode(earlier.reverse(), onChange);
}

async function openLog(logger: DeskLogger): Promise<TicketLog | null> {
  try {
    return await createTicketLog({
      file: join(dataDir, 'tickets.db'),
      // Electron 33 lacks the Node-API that better-sqlite3's own binary needs; its runtime brings one that fits.
      ...(Number(process.versions['napi']) < 10
        ? { nativeBinding: join(dirname(process.execPath), 'better_sqlite3.node') }
        : {}),
      onDamagedRow: logger.failure,
    });
  } catch (thrown) {
    const error = toAppError(thrown);
    logger.failure(error, 'open log');
    process.stderr.write(`${error.message}\n`);
    if (!isHidden) dialog.showErrorBox('AI Ticket Agent cannot start', error.message);
    return null;
  }
}

/** Electron quits at once; the work in hand is parked and the connections are closed first, within 3 s. */
function quitCleanly(letGo: () => void, stop: () => Promise<void>): void {
  let state: 'running' | 'stopping' | 'stopped' = 'running';
  app.on('before-quit', letGo);
  app.on('will-quit', (event) => {
    if (state === 'stopped') return;
    event.preventDefault();
    if (state === 'stopping') return;
    state = 'stopping';
    const late = new Promise((resolve) => setTimeout(resolve, quitMs));
    void Promise.race([stop().catch(() => {}), late]).then(() => {
      state = 'stopped';
      // Where nothing had to be waited for, `will-quit` is still being emitted, and a quit within it is ignored.
      setImmediate(() => app.quit());
    });
  });
}
