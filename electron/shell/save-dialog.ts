import { statSync } from 'node:fs';
import { BrowserWindow, dialog, type FileFilter, type OpenDialogOptions, shell, type WebContents } from 'electron';
import { AppError } from '../../shared/errors.ts';

/** Asks where to save; null where the person cancelled. `contents`: of the window that the dialog belongs to. */
export async function askForFile({
  contents,
  defaultName,
  filters,
}: {
  contents: WebContents | null;
  defaultName: string;
  filters: FileFilter[];
}): Promise<string | null> {
  const window = windowOf(contents);
  const options = { defaultPath: defaultName, filters };
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  return canceled || filePath === '' ? null : filePath;
}

/** Asks for a GGUF file; null where the person cancelled. */
export function askForModel(contents: WebContents | null): Promise<string | null> {
  return askForOne(contents, {
    title: 'Choose a model',
    filters: [
      { name: 'GGUF models', extensions: ['gguf'] },
      { name: 'All files', extensions: ['*'] },
    ],
    properties: ['openFile'],
  });
}

/** Asks for a folder with GGUF files; null where the person cancelled. */
export function askForModelFolder(contents: WebContents | null): Promise<string | null> {
  return askForOne(contents, { title: 'Add a folder with models', properties: ['openDirectory'] });
}

async function askForOne(contents: WebContents | null, options: OpenDialogOptions): Promise<string | null> {
  const window = windowOf(contents);
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return canceled ? null : (filePaths[0] ?? null);
}

/** Shows a folder, or a file in its folder, in the system's file manager. Throws `not_found` and `unavailable`. */
export async function openFolder(path: string): Promise<void> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new AppError('not_found', `${path} is not there yet.`);
  if (!found.isDirectory()) return shell.showItemInFolder(path);
  const failure = await shell.openPath(path);
  if (failure !== '') {
    throw new AppError('unavailable', `The file manager did not open ${path} (${failure}). Open it by hand.`);
  }
}

function windowOf(contents: WebContents | null): BrowserWindow | null {
  return contents === null ? null : BrowserWindow.fromWebContents(contents);
}
