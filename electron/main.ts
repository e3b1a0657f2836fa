import { spawn } from 'node:child_process';
import { homedir, networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import { app, clipboard, dialog, ipcMain, powerMonitor, safeStorage, shell } from 'electron';
import { AppError, toAppError } from '../shared/errors.ts';
import { changeChannel } from '../shared/ipc.ts';
import type { Settings } from '../shared/settings.ts';
import { allTickets } from '../shared/ticket-list.ts';
import { createChangeFeed } from './app/change-feed.ts';
import { createOldElectron, isAllowedBy } from './app/old-electron.ts';
import { createProgram, type Program } from './app/program.ts';
import { startUp } from './app/start-up.ts';
import { createTrayFeed } from './app/tray-feed.ts';
import { createWindowHandlers } from './app/window-handlers.ts';
import { createHostedLoader } from './classifier/gguf/hosted-model.ts';
import type { DemoMode } from './demo/demo-mode.ts';
import { type OpenedLog, openTicketLog } from './log/open-ticket-log.ts';
import { visibleLine } from './logging/log-line.ts';
import { type AppLogger, createLogger } from './logging/logging.ts';
import { addressesOf, watchMachine } from './network/machine-watch.ts';
import { createSavedSettings } from './settings/saved-settings.ts';
import { createSecretStore } from './settings/secret-store.ts';
import { addressQuestion } from './setup/address-question.ts';
import { createRetention } from './setup/retention.ts';
import { setApplicationMenu } from './shell/application-menu.ts';
import { confirm } from './shell/confirm.ts';
import { applyLoginItem, wasOpenedAtLogin } from './shell/login-item.ts';
import { createNotifications } from './shell/notifications.ts';
import { registerPageScheme } from './shell/page-session.ts';
import { quitCleanly } from './shell/quit-cleanly.ts';
import { registerIpc } from './shell/register-ipc.ts';
import { askForFile, askForModel, askForModelFolder, openFolder } from './shell/save-dialog.ts';
import { shutDoors } from './shell/shut-doors.ts';
import { createHostStarter } from './shell/start-host.ts';
import { createTray } from './shell/tray.ts';
import { createMainWindow } from './shell/window.ts';
import { needsAttention } from './tickets/needs-attention.ts';
import type { TicketLog } from './tickets/ports/ticket-log.ts';

const { argv } = process;
const start = startUp(process, homedir(), () => (app.isPackaged ? shutDoors(app.commandLine, process.env) : null));
const { dataDir, isDemo, asUser, usersMode } = start;

// Before anything else, because the single-instance lock lies in the data folder too.
app.setPath('userData', dataDir);
app.setPath('sessionData', join(dataDir, 'chromium'));
registerPageScheme();
setApplicationMenu();
// Whoever reads our stdout may go away before we do.
process.stdout.on('error', () => {});

if (start.problem !== null) {
  process.stderr.write(`${start.problem}\n`);
  app.exit(1);
} else if (app.requestSingleInstanceLock()) {
  // Not awaited: an ES module that awaits `ready` at its top level hangs a packaged app.
  void app.whenReady().then(run).catch(giveUp);
} else {
  app.quit();
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
  const isHidden = argv.includes('--hidden') || wasOpenedAtLogin();
  const logger = createLogger(dataDir);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (thrown: unknown) => logger.failure(toAppError(thrown), event));
  }
  for (const message of [...start.warnings, ...start.notices]) logger.warn(message);
  const opened = await openLog(logger, isHidden);
  if (opened === null) return app.exit(1);
  const { log, backups, recovery } = opened;

  const assets = join(app.getAppPath(), 'assets');
  const window = createMainWindow({
    preload: join(import.meta.dirname, 'preload.cjs'),
    pageFolder: join(import.meta.dirname, '../renderer'),
    icon: join(assets, 'app', '256x256.png'),
    hasDevTools: !app.isPackaged,
    placeFile: join(dataDir, 'window.json'),
    trayBounds: () => tray?.bounds() ?? null,
    onError: logger.failure,
  });
  const onOpenTicket = (requestId: string) => window.showInList({ requestId });
  const tray = createTray({
    iconFolder: join(assets, 'tray'),
    onClick: window.showAtTray,
    onOpen: window.show,
    onOpenTicket,
    onOpenView: (view) => window.showInList({ view }),
    onPause: (paused) => void program.pause(paused),
    onQuit: () => app.quit(),
  });
  const feed = createChangeFeed((change) => {
    window.contents()?.send(changeChannel, change);
    if (change === 'status' || change === 'tickets') void showInTray();
  });
  const demo = isDemo ? await startDemo(log, () => feed.changed('demo')) : null;
  const startHost = createHostStarter(join(import.meta.dirname, 'model-host.js'));
  const secretStore = createSecretStore(safeStorage, process.platform);
  const saved = createSavedSettings({ dataDir, secretStore });
  const retention = createRetention({ log, onPruned: () => feed.changed('tickets'), onError: logger.failure });
  let behaviour: Settings['behaviour'] | null = null;
  const oldElectron = createOldElectron(process.versions['electron'], isAllowedBy(start.env['ALLOW_OLD_ELECTRON']));
  const program: Program = createProgram({
    dataDir,
    // The demo knows no real credentials: neither those of the environment nor a .env of the current folder. That of a
    // packaged program is wherever somebody opened a document.
    cwd: demo === null && !app.isPackaged ? process.cwd() : null,
    env: demo === null ? start.env : demo.env,
    templatePath: join(app.getAppPath(), 'config.yml'),
    version: app.getVersion(),
    demo: isDemo,
    saved,
    secretStore,
    log,
    storage: () => ({ bytes: opened.bytes(), backup: backups.state(), recovery: opened.knownRecovery() }),
    notices: start.notices,
    oldElectron,
    logger,
    loadModel: createHostedLoader(startHost),
    print: (line) => process.stdout.write(`${visibleLine(line)}\n`),
    onChange: feed.changed,
    onTicket(ticket) {
      feed.changed('tickets');
      // How many are unfinished or need attention is part of the status.
      feed.changed('status');
      if (behaviour !== null)
        notifications.ticketChanged({ ...ticket, needsAttention: needsAttention(ticket) }, behaviour);
    },
    onBehaviour(wanted, origins) {
      // What nobody has chosen, the default, changes nothing on this machine, but for what was chosen before.
      const isChosen = origins.START_AT_LOGIN !== 'default' || behaviour?.startAtLogin === true;
      behaviour = wanted;
      retention.start(wanted);
      if (isChosen && !isDemo) applyLoginItem(wanted.startAtLogin, dataDir, usersMode);
    },
    onError: logger.failure,
    confirmAddress: (refusal) => confirm(window.contents(), addressQuestion(refusal)),
  });
  const { handlers, owner, stop } = createWindowHandlers({
    program,
    log,
    saved,
    dataDir,
    manifestPath: join(app.getAppPath(), 'slack-manifest.yml'),
    demo,
    onChange: feed.changed,
    startHost,
    exportMode: usersMode(0o666),
    oldElectron,
    desktop: {
      openExternal,
      openFolder: (path) => asUser(() => openFolder(path)),
      writeClipboard: (text) => clipboard.writeText(text),
      askForExportFile: (defaultName, format) => {
        const filters = [{ name: format.toUpperCase(), extensions: [format] }];
        return askForFile({ contents: window.contents(), defaultName, filters });
      },
      askForModel: () => askForModel(window.contents()),
      askForModelFolder: () => askForModelFolder(window.contents()),
      confirm: (question) => confirm(window.contents(), question),
      startDemo: async () => startDemoProgram(),
    },
  });
  const notifications = createNotifications({
    isFocused: window.isFocused,
    hasOwner: () => owner.current() !== null,
    onOpen: window.show,
    onOpenTicket,
    async onDecide(requestId, status) {
      try {
        await handlers['tickets:decide']({ requestId, status });
      } catch (thrown) {
        logger.failure(toAppError(thrown), requestId);
        throw thrown;
      }
    },
  });

  const showInTray = createTrayFeed({
    program,
    log,
    show: (state) => tray?.show(state),
    onDisk: (detail) => notifications.tell('The disk is almost full', detail),
    onError: logger.failure,
  });

  registerIpc({ ipcMain, handlers, ui: window.contents, onError: logger.failure });
  const machine = watchMachine({ addresses: () => addressesOf(networkInterfaces()), ...program });
  powerMonitor.on('suspend', machine.suspended);
  powerMonitor.on('resume', machine.resumed);
  app.on('second-instance', window.show);
  app.on('activate', window.show);
  app.on('window-all-closed', () => {});
  quitCleanly(window.letGo, async () => {
    machine.stop();
    retention.stop();
    feed.stop();
    await Promise.all([program.stop(), stop()]);
    await Promise.all([opened.close(), demo?.close()]);
  });
  // Node's signal for starting its debugger; a fuse keeps that from happening, and then the signal would end the program.
  if (app.isPackaged && process.platform !== 'win32') process.on('SIGUSR1', () => {});
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());

  feed.changed('status');
  if (!isHidden) window.show();
  if (recovery !== null) notifications.tell(recoveryTitles[recovery.cause], recovery.message);
  backups.start(() => feed.changed('status'));
  await program.start();
}

const recoveryTitles = {
  damage: 'The ticket log was damaged and is mended',
  old_form: 'The ticket log has a new form',
};

/** The demo must not lead anybody out of this machine. */
async function openExternal(url: string): Promise<void> {
  if (isDemo && new URL(url).protocol !== 'http:') {
    throw new AppError('forbidden', 'In the demo nothing outside this machine is opened.');
  }
  await asUser(() => shell.openExternal(url));
}

/** Loaded only here, so that the stand-ins are no part of the real program at work. */
async function startDemo(log: TicketLog, onChange: () => void): Promise<DemoMode> {
  const { createDemoMode } = await import('./demo/demo-mode.ts');
  const earlier = await log.list({ filter: allTickets, limit: 200 });
  return createDemoMode({ earlier: earlier.reverse(), update: log.update, onChange });
}

/** Starts the demo as a program of its own, with its own data folder; it outlives this one. */
function startDemoProgram(): void {
  const own = argv.slice(1).filter((argument) => argument !== '--hidden' && !argument.startsWith('--user-data-dir'));
  const args = [...own, '--demo', `--user-data-dir=${dataDir}`];
  const child = asUser(() => spawn(process.execPath, args, { detached: true, stdio: 'ignore' }));
  child.unref();
}

async function openLog(logger: AppLogger, isHidden: boolean): Promise<OpenedLog | null> {
  try {
    const opened = await openTicketLog({
      file: join(dataDir, 'tickets.db'),
      // Electron 33 lacks the Node-API that better-sqlite3's own binary needs; its runtime brings one that fits.
      ...(Number(process.versions['napi']) < 10
        ? { nativeBinding: join(dirname(process.execPath), 'better_sqlite3.node') }
        : {}),
      onDamagedRow: logger.failure,
      onError: logger.failure,
    });
    if (opened.recovery !== null) {
      logger.warn(opened.recovery.message);
      process.stdout.write(`log: ${opened.recovery.message}\n`);
    }
    return opened;
  } catch (thrown) {
    const error = toAppError(thrown);
    logger.failure(error, 'open log');
    process.stderr.write(`${error.message}\n`);
    if (!isHidden) dialog.showErrorBox('AI Ticket Agent cannot start', error.message);
    return null;
  }
}
