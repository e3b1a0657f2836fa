import { BrowserWindow, type Event, nativeTheme, type Rectangle, screen, type WebContents } from 'electron';
import { showChannel } from '../../shared/channels.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { Shown } from '../../shared/ipc.ts';
import { pageAddress } from '../../shared/page-address.ts';
import { keepPlace } from './keep-place.ts';
import { createPageFiles } from './page-files.ts';
import { closeWebRtc, openPageSession, type PageSession } from './page-session.ts';
import { placeWindow, smallest } from './place-window.ts';
import { createReturns } from './returns.ts';
import { readPlace, savePlace, type WindowPlace } from './window-place.ts';

export interface MainWindowDeps {
  /** Absolute path of the built preload script. */
  preload: string;
  /** Absolute path of the folder with the built page. */
  pageFolder: string;
  /** Absolute path of the PNG that the task bar shows. */
  icon: string;
  hasDevTools: boolean;
  /** Absolute path of the file that keeps size and place. */
  placeFile: string;
  onError(error: AppError, about: string): void;
  /** The processes behind the window keep dying; `notice` says what to do. */
  onFailing(notice: string): void;
}

export interface MainWindow {
  /** The window's contents, while there is one. */
  contents(): WebContents | null;
  show(): void;
  /** The same, beside the tray icon where the person never placed the window. `trayBounds`: null where that is not known. */
  showAtTray(trayBounds: Rectangle | null): void;
  /** Shows the window with this ticket open, or with this view of the list. */
  showInList(what: Shown): void;
  isFocused(): boolean;
  /** Tells that the process that draws has died; gives the deaths in a row of all that the window needs. */
  graphicsDied(reason: string): number;
  /** What people should know of it, in sentences; null where all is well. */
  notice(): string | null;
  /** Makes closing end the window instead of hiding it. */
  letGo(): void;
}

const usualSize = { width: 900, height: 600 };
/** Deaths in a row up to which Chromium's own new start of the process that draws will do. */
const mostUnseen = 3;
/** Deaths in a row after which a person should know. */
const mostUntold = 4;

/**
 * The window: sandboxed, no Node, no navigation, no new windows, no network. Closing hides it. Created when it is first shown, and
 * shown when its page can be painted. Where a process that it needs died, another window is made: after pauses that grow, or
 * when a person asks for it.
 */
export function createMainWindow(deps: MainWindowDeps): MainWindow {
  let window: BrowserWindow | null = null;
  /** Resolves once the page of the window there is has loaded. */
  let loaded: Promise<void> = Promise.resolve();
  let isPainted = false;
  /** A person asked for it, and did not close it since. */
  let isWanted = false;
  let keepNow = () => {};
  let quitting = false;
  const returns = createReturns();
  /** Brings the window back after a pause; null while none is due. */
  let returning: NodeJS.Timeout | null = null;
  /** Where the person left it; null while they never moved it. */
  let kept: WindowPlace | null = readPlace(deps.placeFile);

  const pageFiles = createPageFiles(deps.pageFolder);
  /** Made with the first window: many desktops never show one. */
  let own: PageSession | null = null;

  nativeTheme.on('updated', () => window?.setBackgroundColor(background()));

  function open(trayBounds: Rectangle | null): BrowserWindow {
    own ??= openPageSession(pageFiles);
    const opened = new BrowserWindow({
      ...place(trayBounds),
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      title: 'AI Ticket Agent',
      icon: deps.icon,
      backgroundColor: background(),
      autoHideMenuBar: true,
      webPreferences: {
        preload: deps.preload,
        session: own.session,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        spellcheck: false,
        devTools: deps.hasDevTools,
      },
    });
    refuseNavigation(opened.webContents);
    closeWebRtc(opened.webContents);
    keepNow = keepPlace(opened, keep);
    opened.on('close', (event) => {
      keepNow();
      if (quitting) return;
      event.preventDefault();
      isWanted = false;
      opened.hide();
    });
    opened.on('closed', () => {
      if (window === opened) window = null;
    });
    opened.webContents.on('render-process-gone', (_event, { reason }) => {
      if (quitting || opened.isDestroyed()) return;
      deps.onError(new AppError('bug', `The window's page ended (${reason}).`), 'window');
      rest(died());
    });
    isPainted = false;
    opened.once('ready-to-show', () => {
      isPainted = true;
      bringUp(opened);
    });
    loaded = own.isClosed
      .then(() => opened.loadURL(pageAddress))
      .catch((thrown: unknown) => deps.onError(toAppError(thrown), 'load window'));
    return opened;
  }

  function died(): number {
    const delayMs = returns.died();
    const told = notice();
    if (returns.inARow() === mostUntold + 1 && told !== null) deps.onFailing(told);
    return delayMs;
  }

  /** Puts the window away for a while, where there is one; nobody misses one that is hidden. */
  function rest(delayMs: number): void {
    if (window !== null) keepNow();
    window?.destroy();
    window = null;
    forgetReturn();
    if (isWanted) returning = setTimeout(() => show(null), delayMs);
  }

  function forgetReturn(): void {
    if (returning !== null) clearTimeout(returning);
    returning = null;
  }

  function notice(): string | null {
    const deaths = returns.inARow();
    if (deaths <= mostUntold) return null;
    return `The window failed ${deaths} times: processes that draw it keep ending. Tickets are answered all the same, and the window comes back after pauses of up to a minute, or when it is asked for. Update the driver of the graphics card, or start the program with --disable-gpu.`;
  }

  function place(trayBounds: Rectangle | null): Rectangle {
    const main = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
    return placeWindow({
      saved: kept,
      trayBounds,
      workAreas: [main.workArea, ...others.map(({ workArea }) => workArea)],
      size: usualSize,
    });
  }

  function keep(place: WindowPlace): void {
    kept = place;
    try {
      savePlace(deps.placeFile, place);
    } catch (thrown) {
      deps.onError(toAppError(thrown), 'window place');
    }
  }

  function bringUp(shown: BrowserWindow): void {
    if (kept?.isMaximized && !shown.isVisible()) shown.maximize();
    if (shown.isMinimized()) shown.restore();
    shown.show();
    shown.focus();
  }

  function show(trayBounds: Rectangle | null): void {
    forgetReturn();
    isWanted = true;
    if (window === null) {
      window = open(trayBounds);
    } else if (isPainted) {
      if (kept === null && trayBounds !== null && !window.isVisible()) window.setBounds(place(trayBounds));
      bringUp(window);
    }
  }

  return {
    contents: () => window?.webContents ?? null,
    show: () => show(null),
    showAtTray: show,
    showInList(what) {
      show(null);
      void loaded.then(() => window?.webContents.send(showChannel, what));
    },
    isFocused: () => window?.isFocused() ?? false,
    graphicsDied(reason) {
      if (quitting) return 0;
      const delayMs = died();
      // Where it cannot live, Chromium starts it anew many times a second.
      if (returns.inARow() <= mostUntold + 1) {
        deps.onError(new AppError('bug', `The process that draws the window ended (${reason}).`), 'window');
      }
      if (returns.inARow() > mostUnseen) rest(delayMs);
      return returns.inARow();
    },
    notice,
    letGo() {
      quitting = true;
      forgetReturn();
    },
  };
}

function refuseNavigation(contents: WebContents): void {
  const refuse = (event: Event) => event.preventDefault();
  contents.on('will-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', refuse);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** The page's own ground in renderer/theme/tokens.css, so that nothing flashes before it is painted. */
function background(): string {
  return nativeTheme.shouldUseDarkColors ? '#17191e' : '#ffffff';
}
