import { expect, it } from 'vitest';
import { placeWindow, smallest } from '../../../electron/shell/place-window.ts';

const left = { x: 0, y: 25, width: 1440, height: 875 };
const right = { x: 1440, y: 0, width: 1920, height: 1040 };
const size = { width: 900, height: 600 };
const nothing = { saved: null, trayBounds: null, workAreas: [left, right] as const, size };

it('stands in the middle of the main screen at first', () => {
  expect(placeWindow(nothing)).toEqual({ x: 270, y: 163, ...size });
});

it('comes back where the person left it, whatever the tray says', () => {
  const saved = { x: 1500, y: 40, width: 1200, height: 800 };
  const trayBounds = { x: 1000, y: 0, width: 24, height: 24 };
  expect(placeWindow({ ...nothing, saved, trayBounds })).toEqual(saved);
});

it('comes back to the main screen when its own was unplugged', () => {
  const saved = { x: 2000, y: 40, width: 1200, height: 800 };
  expect(placeWindow({ ...nothing, saved, workAreas: [left] })).toEqual({ ...saved, x: 240 });
});

it('is moved whole onto the screen that shows most of it', () => {
  const saved = { x: 1400, y: -30, width: 900, height: 600 };
  expect(placeWindow({ ...nothing, saved })).toEqual({ ...saved, x: 1440, y: 0 });
});

it('is made smaller where the screen is', () => {
  const saved = { x: 100, y: 100, width: 3000, height: 2000 };
  const area = { x: 0, y: 0, width: 1024, height: 700 };
  expect(placeWindow({ ...nothing, saved, workAreas: [area] })).toEqual(area);
});

it('opens below a tray icon at the top of the screen, under its middle', () => {
  const trayBounds = { x: 1000, y: 0, width: 20, height: 25 };
  expect(placeWindow({ ...nothing, trayBounds })).toEqual({ x: 800, y: 25, width: 420, height: 640 });
});

it('opens above a tray icon at the bottom, and does not leave the screen', () => {
  const trayBounds = { x: 3330, y: 1040, width: 24, height: 40 };
  expect(placeWindow({ ...nothing, trayBounds, workAreas: [right] })).toEqual({
    x: 2940,
    y: 400,
    width: 420,
    height: 640,
  });
});

it.each([
  ['a size from a file that somebody edited', { x: 100, y: 100, width: 1, height: 20 }, left],
  [
    'a screen that is smaller',
    { x: -900, y: 9_000, width: 900, height: 600 },
    { x: 10, y: 30, width: 320, height: 200 },
  ],
])('is never smaller than its minimum: %s', (_what, saved, area) => {
  const trayBounds = { x: 0, y: 0, width: 20, height: 20 };
  for (const where of [{ saved }, { trayBounds }, {}]) {
    const { x, y, width, height } = placeWindow({ ...nothing, workAreas: [area], ...where });
    expect(width).toBeGreaterThanOrEqual(smallest.width);
    expect(height).toBeGreaterThanOrEqual(smallest.height);
    expect([x, y].map((value, index) => value >= (index === 0 ? area.x : area.y))).toEqual([true, true]);
  }
});
