/** Red, green and blue of each mood; the shape differs too, so that colour is never the only sign. */
const moods = {
  connected: { colour: [46, 125, 80], mark: 'full' },
  trouble: { colour: [200, 70, 40], mark: 'bar' },
  off: { colour: [120, 125, 135], mark: 'empty' },
} as const;

const size = 32;

/** A ticket, notched left and right, as BGRA pixels of a square of `size` (two per point). */
export function drawIcon(mood: keyof typeof moods): { pixels: Buffer; size: number } {
  const {
    colour: [red, green, blue],
    mark,
  } = moods[mood];
  const pixels = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (!isInside(x, y, mark)) continue;
      pixels.set([blue, green, red, 255], (y * size + x) * 4);
    }
  }
  return { pixels, size };
}

function isInside(x: number, y: number, mark: 'full' | 'bar' | 'empty'): boolean {
  const isTicket = x >= 2 && x < 30 && y >= 7 && y < 25;
  const isNotch = Math.hypot(x - 2, y - 15.5) < 4 || Math.hypot(x - 29, y - 15.5) < 4;
  if (!isTicket || isNotch) return false;
  const isCentre = x >= 9 && x < 23 && y >= 11 && y < 21;
  if (mark === 'empty') return !isCentre;
  if (mark === 'bar') return !(isCentre && x >= 14 && x < 18);
  return true;
}
