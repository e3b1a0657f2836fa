import type { AppStatus } from '../../shared/app-status.ts';
import { type HandlersOf, webPages } from '../../shared/ipc.ts';

export interface DeskDeps {
  status(): Promise<AppStatus>;
  pause(paused: boolean): Promise<void>;
  /** Shows a folder, or a file in its folder. Throws `not_found`. */
  openFolder(what: 'data' | 'log' | 'models'): Promise<void>;
  openExternal(url: string): Promise<void>;
  writeClipboard(text: string): void;
}

export function createDeskHandlers(
  deps: DeskDeps,
): HandlersOf<'status'> & HandlersOf<'desk'> & HandlersOf<'folder'> & HandlersOf<'page'> & HandlersOf<'clipboard'> {
  return {
    'status:read': () => deps.status(),
    'desk:pause': ({ paused }) => deps.pause(paused),
    'folder:open': ({ what }) => deps.openFolder(what),
    'page:open': ({ page }) => deps.openExternal(webPages[page]),
    'clipboard:write': async ({ text }) => deps.writeClipboard(text),
  };
}
