import { homedir } from 'node:os';
import { app } from 'electron';
import { AppError } from '../../shared/errors.ts';
import { autostartFile } from './autostart-entry.ts';
import { ownExecutable } from './own-executable.ts';
import { setAutostart } from './set-autostart.ts';

const { env, execPath, platform } = process;

/**
 * Has the system start this program at login, without a window and on this data folder, or no longer. Call it only with
 * what a person chose, never with a default. On macOS and Windows nothing is changed from a checkout, whose Electron
 * is not this program. `usersMode`: the permissions that the person's own umask leaves. Throws `storage_failed`.
 */
export function applyLoginItem(startAtLogin: boolean, dataDir: string, usersMode: (wanted: number) => number): void {
  if (platform === 'linux') {
    applyAutostart(startAtLogin, dataDir, usersMode);
  } else if (app.isPackaged) {
    // macOS passes no arguments; `wasOpenedAtLogin` tells there.
    const args = ['--hidden', `--user-data-dir=${dataDir}`];
    app.setLoginItemSettings({ openAtLogin: startAtLogin, args });
  }
}

/** Whether the system itself started us, where it cannot say `--hidden`. */
export function wasOpenedAtLogin(): boolean {
  return platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

function applyAutostart(isWanted: boolean, dataDir: string, usersMode: (wanted: number) => number): void {
  const file = autostartFile(env, homedir());
  try {
    setAutostart({ file, isWanted, command: [...command(), '--hidden'], dataDir, usersMode });
  } catch (thrown) {
    const message = `Starting at login could not be changed in ${file}. Check that it may be written, then save the setting again.`;
    throw new AppError('storage_failed', message, { cause: thrown });
  }
}

/** What starts this program: an AppImage runs from a folder that is gone afterwards; a checkout is Electron's argument. */
function command(): string[] {
  const executable = env['APPIMAGE'] || ownExecutable(execPath);
  return app.isPackaged ? [executable] : [executable, app.getAppPath()];
}
