import { homedir, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { app, dialog, ipcMain, Notification, powerMonitor, safeStorage } from 'electron';
import { changeChannel } from '../shared/channels.ts';
import { toAppError } from '../shared/errors.ts';
import type { Settings } from '../shared/settings.ts';
import type { Ticket } from '../shared/ticket.ts';
import { type Backend, type BackendDeps, createBackend } from './app/backend.ts';
import { createChangeFeed } from './app/change-feed.ts';
import { exitCodes } from './app/exit-codes.ts';
import { type HeldFolder, holdFolder } from './app/hold-folder.ts';
import { openLog } from './app/open-log.ts';
import type { Program } from './app/program.ts';
import { startDemo, startDemoProgram } from './app/start-demo.ts';
import { startUp } from './app/start-up.ts';
import { createTrayFeed } from './app/tray-feed.ts';
import { visibleLine } from './logging/log-line.ts';
import { type AppLogger, createLogger } from './logging/logging.ts';
import { addressesOf, type MachineWatch, watchMachine } from './network/machine-watch.ts';
import { guardOutgoing } from './network/outgoing.ts';
import { inFields } from './settings/field-words.ts';
import { createSecretStore } from './settings/secret-store.ts';
import { setApplicationMenu } from './shell/application-menu.ts';
import { createDesktop } from './shell/desktop.ts';
import { liftGraphicsLimit, watchGraphics } from './shell/graphics.ts';
import { isHeadless } from './shell/headless.ts';
import { applyLoginItem, wasOpenedAtLogin } from './shell/login-item.ts';
import { createNotifications, type Notifications } from './shell/notifications.ts';
import { registerPageScheme } from './shell/page-session.ts';
import { quitCleanly, quitOnSignals } from './shell/quit-cleanly.ts';
import { registerIpc } from './shell/register-ipc.ts';
import { shutDoors } from './shell/shut-doors.ts';
import { createHostStarter } from './shell/start-host.ts';
import { createTray } from './shell/tray.ts';
import { createMainWindow, type MainWindow } from './shell/window.ts';
import { needsAttention } from './tickets/needs-attention.ts';

/** What asks a program to end. */
const stopSignals = ['SIGINT', 'SIGTERM'] as const;
/** Milliseconds that the system takes to show a notification. */
const farewellMs = 300;

const { argv } = process;
const start = startUp(process, homedir(), () => (app.isPackaged ? shutDoors(app.commandLine, process.env) : null));
const { dataDir, isDemo, demoJira, asUser, usersMode } = start;

// Before anything else, because the single-instance lock lies in the data folder too.
app.setPath('userData', dataDir);
app.setPath('sessionData', join(dataDir, 'chromium'));
registerPageScheme();
setApplicationMenu();
// Whoever reads our stdout may go away before we do.
process.stdout.on('error', () => {});
liftGraphicsLimit();

// Electron is not ready before this module is through, so nothing is in the data folder yet that could be in others' way.
// `ready` itself is not awaited here: that hangs.
const folder = await holdDataFolder();
if (folder !== null) {
  const started = app.whenReady().then(() => run(folder));
  started.catch(giveUp);
}

function endCleanly(): void {
  app.exit(0);
}

async function holdDataFolder(): Promise<HeldFolder | null> {
  if (start.problem !== null) return refuse(start.problem.message, start.problem.exitCode);
  // It may have to wait.
  for (const signal of stopSignals) process.once(signal, endCleanly);
  const held = await holdFolder({
    dataDir,
    process,
    lockOfChromium: { request: () => app.requestSingleInstanceLock(), release: () => app.releaseSingleInstanceLock() },
    say: (sentence) => process.stderr.write(`${visibleLine(sentence)}\n`),
    noScreen: start.noScreen,
    refuse,
    lost: endWhereLost,
  });
  for (const signal of stopSignals) process.off(signal, endCleanly);
  if (held === null) return null;
  guardOutgoing(held.isHeld);
  process.on('exit', held.release);
  return held;
}

async function run(folder: HeldFolder): Promise<void> {
  let isHidden = argv.includes('--hidden') || wasOpenedAtLogin();
  // Somebody may start it again while the log, which may be large and damaged, is being opened.
  app.on('second-instance', () => {
    isHidden = false;
  });
  const logger = startLogging();
  const opened = await openLog({
    dataDir,
    logger,
    demandWritable: folder.demand,
    onRefused(message, exitCode) {
      if (!isHidden && !isHeadless()) showRefusal(message);
      app.exit(exitCode);
    },
  });
  if (opened === null) return;

  const feed = createChangeFeed();
  const window = prepareWindow(logger, (notice) => {
    notifications.tell('The window keeps failing', notice);
    feed.changed('status');
  });
  const demo = isDemo ? await startDemo(opened.log, demoJira, () => feed.changed('demo')) : null;
  const backend = prepareBackend(window, { opened, demo, feed, logger });
  const { program, handlers } = backend;
  registerIpc({
    ...{ ipcMain, handlers, ui: window.contents },
    inFieldWords: (words) => program.inFieldWords(words),
    onError: logger.failure,
  });

  const notifications = prepareNotifications(window, backend, logger);
  watchGraphics(window.graphicsDied);
  const showInTray = prepareTray(window, program, { opened, notifications, logger });
  feed.listen({
    onChange(change) {
      window.contents()?.send(changeChannel, change);
      if (change === 'status' || change === 'tickets') void showInTray();
    },
    onTicket: (ticket) => notify(notifications, ticket, backend.behaviour()),
  });

  const machine = watchSleepAndNetwork(program);
  showWhenAskedFor(window);
  quitCleanly(window.letGo, async () => {
    machine.stop();
    feed.stop();
    await backend.stop();
    await Promise.all([opened.close(), demo?.close()]);
  });
  quitOnSignals();
  lookAfterStops(folder);

  feed.changed('status');
  if (!isHidden) window.show();
  tellOfRecovery(notifications, opened);
  opened.backups.start(() => feed.changed('status'));
  await program.start();
}

function startLogging(): AppLogger {
  const logger = createLogger(dataDir);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (thrown: unknown) => logger.failure(toAppError(thrown), event));
  }
  for (const message of [...start.warnings, ...start.notices]) logger.warn(message);
  return logger;
}

function prepareWindow(logger: AppLogger, onFailing: (notice: string) => void): MainWindow {
  return createMainWindow({
    preload: join(import.meta.dirname, 'preload.cjs'),
    pageFolder: join(import.meta.dirname, '../renderer'),
    icon: join(app.getAppPath(), 'assets', 'app', '256x256.png'),
    hasDevTools: !app.isPackaged,
    placeFile: join(dataDir, 'window.json'),
    onError: logger.failure,
    onFailing,
  });
}

/** Puts together all that needs no Electron, with what it does need of it. */
function prepareBackend(
  { contents, notice }: MainWindow,
  parts: Pick<BackendDeps, 'opened' | 'demo' | 'feed' | 'logger'>,
): Backend {
  return createBackend({
    ...parts,
    start,
    secretStore: createSecretStore(safeStorage, process.platform),
    startHost: createHostStarter(join(import.meta.dirname, 'model-host.js')),
    desktop: {
      ...createDesktop({ contents, asUser, isDemo }),
      startDemo: async () => startDemoProgram(process, start),
    },
    applyLoginItem(startAtLogin) {
      if (!isDemo) applyLoginItem(startAtLogin, dataDir, usersMode);
    },
    notices: () => [notice()].filter((each) => each !== null),
    appFolder: app.getAppPath(),
    isPackaged: app.isPackaged,
    version: app.getVersion(),
  });
}

function prepareNotifications(
  window: MainWindow,
  { handlers, owner, program }: Backend,
  logger: AppLogger,
): Notifications {
  return createNotifications({
    isFocused: window.isFocused,
    hasOwner: () => owner.current() !== null,
    onOpen: window.show,
    onOpenTicket: (requestId) => window.showInList({ requestId }),
    decide: (request) => inFields(handlers['tickets:decide'](request), program.inFieldWords),
    onError: logger.failure,
  });
}

/** Gives what shows in the tray how everything is. */
function prepareTray(
  window: MainWindow,
  program: Program,
  { opened, notifications, logger }: Pick<BackendDeps, 'opened' | 'logger'> & { notifications: Notifications },
): () => Promise<void> {
  const tray = createTray({
    iconFolder: join(app.getAppPath(), 'assets', 'tray'),
    onClick: window.showAtTray,
    onOpen: window.show,
    onOpenTicket: (requestId) => window.showInList({ requestId }),
    onOpenView: (view) => window.showInList({ view }),
    onPause: (paused) => void program.pause(paused),
    onQuit: () => app.quit(),
  });
  return createTrayFeed({
    program,
    log: opened.log,
    show: (state) => tray?.show(state),
    onDisk: (detail) => notifications.tell('The disk is almost full', detail),
    onError: logger.failure,
  });
}

function notify(notifications: Notifications, ticket: Ticket, behaviour: Settings['behaviour'] | null): void {
  if (behaviour === null) return;
  notifications.ticketChanged({ ...ticket, needsAttention: needsAttention(ticket) }, behaviour);
}

function watchSleepAndNetwork({ sleep, wake }: Program): MachineWatch {
  const machine = watchMachine({ addresses: () => addressesOf(networkInterfaces()), sleep, wake });
  powerMonitor.on('suspend', machine.suspended);
  powerMonitor.on('resume', machine.resumed);
  return machine;
}

/** Another program may have taken the folder over while this one was asleep or stopped. */
function lookAfterStops({ look }: HeldFolder): void {
  powerMonitor.on('resume', look);
  if (process.platform !== 'win32') process.on('SIGCONT', look);
}

function showWhenAskedFor(window: MainWindow): void {
  app.on('second-instance', window.show);
  app.on('activate', window.show);
  app.on('window-all-closed', () => {});
}

function tellOfRecovery(notifications: Notifications, { recovery, recoveryTold }: BackendDeps['opened']): void {
  if (recovery === null) return;
  notifications.tell(recoveryTitles[recovery.cause], recovery.message);
  recoveryTold();
}

const recoveryTitles = {
  damage: 'The ticket log was damaged and is mended',
  old_form: 'The ticket log has a new form',
};

function showRefusal(message: string): void {
  dialog.showErrorBox('AI Ticket Agent cannot start', message);
}

/** Ends the program with a sentence, before Electron is ready or later. */
function refuse(sentence: string, exitCode: number): null {
  process.stderr.write(`${visibleLine(sentence)}\n`);
  // Before Electron is ready there is no such window on Linux.
  if (exitCode !== 0 && process.platform !== 'linux' && !argv.includes('--hidden')) showRefusal(sentence);
  app.exit(exitCode);
  return null;
}

/** Ends a program that worked until now; it sends nothing any more by then, so there is time to say why. */
function endWhereLost(sentence: string): void {
  process.stderr.write(`${visibleLine(sentence)}\n`);
  if (app.isReady() && Notification.isSupported()) {
    new Notification({ title: 'AI Ticket Agent has ended', body: sentence }).show();
  }
  setTimeout(() => app.exit(exitCodes.heldElsewhere), farewellMs);
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
