import { app } from 'electron';

/**
 * Whether Chromium draws for no display at all, as with `--ozone-platform=headless`. On Linux menus and dialogs are GTK's,
 * which has no display then either: it ends the program that makes one, or never comes back.
 */
export function isHeadless(): boolean {
  return process.platform === 'linux' && app.commandLine.getSwitchValue('ozone-platform') === 'headless';
}
