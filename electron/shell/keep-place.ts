import { isDeepStrictEqual } from 'node:util';
import type { BrowserWindow } from 'electron';
import type { WindowPlace } from './window-place.ts';

/** Milliseconds after the last move until the place is kept. */
const restMs = 500;

/** Keeps where the person puts a window; where we put it ourselves is not kept. Gives what does so at once. */
export function keepPlace(window: BrowserWindow, keep: (place: WindowPlace) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const current = () => ({ ...window.getNormalBounds(), isMaximized: window.isMaximized() });
  let known: WindowPlace | null = null;

  function keepNow(): void {
    clearTimeout(timer);
    if (window.isDestroyed() || !window.isVisible() || window.isMinimized()) return;
    if (isDeepStrictEqual(current(), known)) return;
    known = current();
    keep(known);
  }
  function keepSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(keepNow, restMs);
  }

  window.on('show', () => {
    known = current();
  });
  window.on('move', keepSoon);
  window.on('resize', keepSoon);
  return keepNow;
}
