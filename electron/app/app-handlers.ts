import { type HandlersOf, webPages } from '../../shared/ipc.ts';
import type { Program } from './program.ts';

export interface AppHandlerDeps {
  program: Pick<Program, 'status' | 'pause' | 'tryNow'>;
  desktop: {
    openExternal(url: string): Promise<void>;
    /** Throws `not_found` and `unavailable`. */
    openFolder(path: string): Promise<void>;
    writeClipboard(text: string): void;
  };
  /** Asks about files that may lie on a share that hangs. */
  files: { makeFolder(path: string): Promise<void> };
  /** Absolute paths of what the window may show: two folders, and a file in its folder. */
  folders: Record<'data' | 'log' | 'models', string>;
}

export function createAppHandlers({
  program,
  desktop,
  files,
  folders,
}: AppHandlerDeps): HandlersOf<'status' | 'desk' | 'folder' | 'page' | 'clipboard'> {
  return {
    'status:read': () => program.status(),
    'desk:pause': ({ paused }) => program.pause(paused),
    'desk:try-now': async ({ part }) => program.tryNow(part),
    async 'folder:open'({ what }) {
      // Where nobody has put a model there yet.
      if (what === 'models') await files.makeFolder(folders.models);
      await desktop.openFolder(folders[what]);
    },
    'page:open': ({ page }) => desktop.openExternal(webPages[page]),
    'clipboard:write': async ({ text }) => desktop.writeClipboard(text),
  };
}
