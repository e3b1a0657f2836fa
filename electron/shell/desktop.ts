import { statSync } from 'node:fs';
import { BrowserWindow, clipboard, dialog, type OpenDialogOptions, shell, type WebContents } from 'electron';
import { AppError } from '../../shared/errors.ts';
import { confirm, type Question } from './confirm.ts';
import { isHeadless } from './headless.ts';

export interface DesktopDeps {
  /** Contents of the window that dialogs belong to, while there is one. */
  contents(): WebContents | null;
  /** Runs what starts another program, which gets the person's own umask. */
  asUser<Result>(start: () => Result): Result;
  isDemo: boolean;
}

/**
 * What the program has the desktop do for the person: dialogs, the browser, the file manager, the clipboard. Where there
 * is no display, nobody can answer a dialog, and each is as if it was cancelled.
 */
export interface Desktop {
  /** Opens an address in the person's browser. Throws `forbidden` in the demo where it leads out of this machine. */
  openExternal(url: string): Promise<void>;
  /** Shows a folder, or a file in its folder, in the system's file manager. Throws `not_found` and `unavailable`. */
  openFolder(path: string): Promise<void>;
  writeClipboard(text: string): void;
  /** Asks where to save; null where the person cancelled. */
  askForExportFile(defaultName: string, format: 'csv' | 'json'): Promise<string | null>;
  /** Asks for a GGUF file; null where the person cancelled. */
  askForModel(): Promise<string | null>;
  /** Asks for a folder with GGUF files; null where the person cancelled. */
  askForModelFolder(): Promise<string | null>;
  /** Asks what no page can answer. */
  confirm(question: Question): Promise<boolean>;
}

export function createDesktop({ contents, asUser, isDemo }: DesktopDeps): Desktop {
  function window(): BrowserWindow | null {
    const own = contents();
    return own === null ? null : BrowserWindow.fromWebContents(own);
  }

  async function askForOne(options: OpenDialogOptions): Promise<string | null> {
    if (isHeadless()) return null;
    const parent = window();
    const { canceled, filePaths } = await (parent === null
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(parent, options));
    return canceled ? null : (filePaths[0] ?? null);
  }

  return {
    async openExternal(url) {
      if (isDemo && new URL(url).protocol !== 'http:') {
        throw new AppError('forbidden', 'In the demo nothing outside this machine is opened.');
      }
      await asUser(() => shell.openExternal(url));
    },

    openFolder: (path) => asUser(() => openFolder(path)),

    writeClipboard: (text) => clipboard.writeText(text),

    async askForExportFile(defaultName, format) {
      if (isHeadless()) return null;
      const parent = window();
      const options = { defaultPath: defaultName, filters: [{ name: format.toUpperCase(), extensions: [format] }] };
      const { canceled, filePath } = await (parent === null
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(parent, options));
      return canceled || filePath === '' ? null : filePath;
    },

    askForModel: () =>
      askForOne({
        title: 'Choose a model',
        filters: [
          { name: 'GGUF models', extensions: ['gguf'] },
          { name: 'All files', extensions: ['*'] },
        ],
        properties: ['openFile'],
      }),

    askForModelFolder: () => askForOne({ title: 'Add a folder with models', properties: ['openDirectory'] }),

    confirm: (question) => confirm(window(), question),
  };
}

async function openFolder(path: string): Promise<void> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new AppError('not_found', `${path} is not there yet.`);
  if (!found.isDirectory()) return shell.showItemInFolder(path);
  const failure = await shell.openPath(path);
  if (failure !== '') {
    throw new AppError('unavailable', `The file manager did not open ${path} (${failure}). Open it by hand.`);
  }
}
