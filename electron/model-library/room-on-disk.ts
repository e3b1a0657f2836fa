import { statfs } from 'node:fs/promises';
import { AppError } from '../../shared/errors.ts';
import { inGigabytes } from '../classifier/gguf/check-gguf-file.ts';

/** Bytes that a download leaves on the disk, for tickets and for whatever else runs. */
export const spareBytes = 200_000_000;
/** Bytes that may come until the disk is asked again: others write to it, too. */
const stepBytes = 16_000_000;

/** Bytes that may still be written to the disk of a folder; null where that cannot be told. */
export async function freeBytesOf(folder: string): Promise<number | null> {
  const disk = await statfs(folder).catch(() => null);
  return disk === null ? null : disk.bavail * disk.bsize;
}

/**
 * Watches the room on a disk while a download comes, which may have said nothing of its length, or the wrong thing. Call
 * the result with each piece before it is written; it throws `storage_failed` where less than `spareBytes` would be left.
 */
export function createRoomWatch(freeBytes: () => Promise<number | null>): (bytes: number) => Promise<void> {
  let left = 0;
  return async (bytes) => {
    left -= bytes;
    if (left >= 0) return;
    const free = await freeBytes();
    if (free !== null && free - bytes < spareBytes) throw new AppError('storage_failed', noRoomWords(free));
    left = Math.min(stepBytes, free === null ? stepBytes : free - spareBytes - bytes);
  };
}

/** Says why a download was stopped, by bytes that are left. */
export function noRoomWords(free: number): string {
  return `The disk has only ${inGigabytes(free)} left, so the download was stopped. Free some space, then try again.`;
}
