import { Menu, nativeImage, Tray } from 'electron';
import type { DeskStatus } from '../../shared/ipc.ts';
import { drawIcon } from './icon.ts';

export interface TrayDeps {
  onOpen(): void;
  onQuit(): void;
}

export interface DeskTray {
  show(status: DeskStatus): void;
}

/**
 * The tray icon and its menu. Some desktops show no tray and some crash on it, so it is never the only way in:
 * a second start opens the window too.
 */
export function createTray({ onOpen, onQuit }: TrayDeps): DeskTray | null {
  let tray: Tray;
  try {
    tray = new Tray(image('off'));
  } catch {
    return null;
  }
  tray.setToolTip('AI Ticket Agent');
  tray.on('click', onOpen);
  return {
    show({ slack, jira, model }) {
      const parts = [slack, jira];
      const mood = parts.some((part) => part.state === 'trouble')
        ? 'trouble'
        : parts.every((part) => part.state === 'ok')
          ? 'connected'
          : 'off';
      tray.setImage(image(mood));
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: 'Open AI Ticket Agent', click: onOpen },
          { type: 'separator' },
          { label: `Slack: ${slack.line}`, enabled: false },
          { label: `Jira: ${jira.line}`, enabled: false },
          { label: `Model: ${model.line}`, enabled: false },
          { type: 'separator' },
          { label: 'Quit', click: onQuit },
        ]),
      );
    },
  };
}

function image(mood: 'connected' | 'trouble' | 'off') {
  const { pixels, size } = drawIcon(mood);
  return nativeImage.createFromBitmap(pixels, { width: size, height: size, scaleFactor: 2 });
}
