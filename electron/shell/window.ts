import { BrowserWindow, type Event, type WebContents } from 'electron';

export interface WindowPaths {
  /** Absolute path of the built preload script. */
  preload: string;
  /** Absolute path of the built page. */
  page: string;
}

export interface MainWindow {
  /** The window's contents, while there is one. */
  contents(): WebContents | null;
  show(): void;
  /** From now on closing ends the window instead of hiding it. */
  letGo(): void;
}

/** The window: sandboxed, no Node, no navigation, no new windows. Closing hides it. */
export function createMainWindow({ preload, page }: WindowPaths): MainWindow {
  let window: BrowserWindow | null = null;
  let quitting = false;

  function open(): BrowserWindow {
    const opened = new BrowserWindow({
      width: 900,
      height: 600,
      minWidth: 420,
      minHeight: 480,
      show: false,
      title: 'AI Ticket Agent',
      autoHideMenuBar: true,
      webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
    });
    const refuse = (event: Event) => event.preventDefault();
    opened.webContents.on('will-navigate', refuse);
    opened.webContents.on('will-redirect', refuse);
    opened.webContents.on('will-attach-webview', refuse);
    opened.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
    opened.webContents.session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
    opened.webContents.session.setPermissionCheckHandler(() => false);
    opened.on('close', (event) => {
      if (quitting) return;
      event.preventDefault();
      opened.hide();
    });
    opened.on('closed', () => {
      window = null;
    });
    void opened.loadFile(page);
    return opened;
  }

  return {
    contents: () => window?.webContents ?? null,
    show() {
      window ??= open();
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    letGo() {
      quitting = true;
    },
  };
}
