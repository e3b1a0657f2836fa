import { statfs } from 'node:fs/promises';
import type { PartState } from '../../shared/desk-status.ts';

/** Below the first people are warned, below the second nothing may fit any more; in bytes. */
const low = 500e6;
const full = 50e6;

/** Bytes that this user may still write to the disk of a folder; null where that cannot be told. */
export async function freeBytes(folder: string): Promise<number | null> {
  const disk = await statfs(folder).catch(() => null);
  return disk === null ? null : disk.bavail * disk.bsize;
}

/** How the disk is, as the other parts of the program are: `ok`, `low` or `full`. */
export function diskPart(free: number | null, folder: string): PartState {
  if (free === null || free >= low) return { state: 'ok', line: 'ok', message: null };
  const left = `${Math.floor(free / 1e6)} MB are left on the disk of ${folder}, where tickets are kept.`;
  return free < full
    ? { state: 'trouble', line: 'full', message: `${left} New ones may be refused at any moment.` }
    : { state: 'trouble', line: 'low', message: `${left} Without room, no new ones can be taken.` };
}
