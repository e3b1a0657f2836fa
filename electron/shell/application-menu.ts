import { Menu } from 'electron';

/**
 * Replaces Electron's own menu, which opens the developer tools and reloads the page. macOS has no window without a
 * menu, and no copying without its entries. Call it before Electron is ready, which would set its own.
 */
export function setApplicationMenu(platform = process.platform): void {
  const roles = ['appMenu', 'editMenu', 'windowMenu'] as const;
  Menu.setApplicationMenu(platform === 'darwin' ? Menu.buildFromTemplate(roles.map((role) => ({ role }))) : null);
}
