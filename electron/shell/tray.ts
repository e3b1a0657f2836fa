import { join } from 'node:path';
import { app, Menu, type NativeImage, nativeImage, type Rectangle, Tray } from 'electron';
import { isHeadless } from './headless.ts';
import { type TrayActions, type TrayState, trayIcon, trayMenu, trayTooltip } from './tray-view.ts';

export interface TrayDeps extends TrayActions {
  /**
   * Called for a click on the icon itself, where the desktop tells it from one that opens the menu.
   * `bounds`: of the icon, in points of the screen; null where the platform does not say, as on Linux.
   */
  onClick(bounds: Rectangle | null): void;
  /** Absolute path of `assets/tray`. */
  iconFolder: string;
}

export interface TrayIcon {
  show(state: TrayState): void;
}

const { platform } = process;

/**
 * The tray icon and its menu. Some desktops show no tray and some crash on it, so it is never the only way in:
 * a second start opens the window too. Null where there can be none.
 */
export function createTray({ onClick, iconFolder, ...actions }: TrayDeps): TrayIcon | null {
  if (isHeadless()) return null;
  const icon = (name: string) => loadIcon(iconFolder, name);
  let tray: Tray;
  try {
    tray = new Tray(icon('off'));
  } catch {
    return null;
  }
  let menu: Menu | null = null;
  const shown = { icon: 'off', tooltip: '', menu: '', attention: 0 };
  tray.on('click', () => onClick(boundsOf(tray)));
  // With a menu of its own, macOS would open that on each click, and never the window.
  if (platform === 'darwin') tray.on('right-click', () => menu && tray.popUpContextMenu(menu));

  return {
    // Some trays on Linux flicker, and close an open menu, with everything that is set anew.
    show(state) {
      const name = trayIcon(state.status);
      if (name !== shown.icon) tray.setImage(icon(name));
      const tooltip = trayTooltip(state.status);
      if (tooltip !== shown.tooltip) tray.setToolTip(tooltip);
      const template = trayMenu(state, actions);
      // Two menus that read alike may still open different tickets.
      const menuKey = JSON.stringify([template, state.latest.map(({ requestId }) => requestId)]);
      if (menuKey !== shown.menu) {
        menu = Menu.buildFromTemplate(template);
        if (platform !== 'darwin') tray.setContextMenu(menu);
      }
      const { attention } = state.status;
      if (attention !== shown.attention) showBadge(attention);
      Object.assign(shown, { icon: name, tooltip, menu: menuKey, attention });
    },
  };
}

function boundsOf(tray: Tray): Rectangle | null {
  const bounds = tray.getBounds();
  return bounds.width > 0 && bounds.height > 0 ? bounds : null;
}

function loadIcon(folder: string, name: string): NativeImage {
  const form = { darwin: 'Template', win32: '-16' }[platform as string] ?? '-24';
  return nativeImage.createFromPath(join(folder, `${name}${form}.png`));
}

/** A number on the icon in macOS's dock and in some docks of Linux. */
function showBadge(count: number): void {
  try {
    app.setBadgeCount(count);
  } catch {
    // Nothing is lost: the tray icon has its dot.
  }
}
