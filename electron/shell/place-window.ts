import type { Rectangle } from 'electron';

/** Smallest size of the window, in points. */
export const smallest = { width: 420, height: 480 };
/** Its size beside the tray icon. */
const docked = { width: 420, height: 640 };

/**
 * Where the window opens, in points, whole on one of the screens there are now: where the person left it, else beside
 * the tray icon, else in the middle of the first screen.
 *
 * @param workAreas Screens without their panels, the main one first.
 * @param size What it has where nobody said anything.
 */
export function placeWindow({
  saved,
  trayBounds,
  workAreas,
  size,
}: {
  saved: Rectangle | null;
  trayBounds: Rectangle | null;
  workAreas: readonly [Rectangle, ...Rectangle[]];
  size: { width: number; height: number };
}): Rectangle {
  if (saved !== null) return within(saved, screenOf(saved, workAreas));
  if (trayBounds !== null) return beside(trayBounds, screenOf(trayBounds, workAreas));
  const [area] = workAreas;
  const x = Math.round(area.x + (area.width - size.width) / 2);
  const y = Math.round(area.y + (area.height - size.height) / 2);
  return within({ x, y, ...size }, area);
}

/** The place below an icon in the upper half of the screen, above one in the lower half. */
function beside(tray: Rectangle, area: Rectangle): Rectangle {
  const x = Math.round(tray.x + (tray.width - docked.width) / 2);
  const isAtTop = tray.y + tray.height / 2 < area.y + area.height / 2;
  const y = isAtTop ? tray.y + tray.height : tray.y - docked.height;
  return within({ x, y, ...docked }, area);
}

/**
 * The window moved, and made smaller where it must be, so that all of it can be seen. Never below its smallest size, which
 * Electron does not see to for a size that it is given: of a screen that is smaller still it has the upper left corner.
 */
function within(window: Rectangle, area: Rectangle): Rectangle {
  const width = Math.max(smallest.width, Math.min(window.width, area.width));
  const height = Math.max(smallest.height, Math.min(window.height, area.height));
  return {
    x: clamp(window.x, area.x, area.x + area.width - width),
    y: clamp(window.y, area.y, area.y + area.height - height),
    width,
    height,
  };
}

/** The screen that shows most of it; the first where none does, as after a screen was unplugged. */
function screenOf(window: Rectangle, areas: readonly [Rectangle, ...Rectangle[]]): Rectangle {
  return areas.reduce((best, area) => (overlap(window, area) > overlap(window, best) ? area : best));
}

/** The area that two rectangles share, in square points. */
function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(Math.min(value, high), low);
}
