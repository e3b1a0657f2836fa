import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes that this user may still write to the disk of a folder, which need not be there yet; null where that cannot be told. */
export async function freeBytes(folder: string): Promise<number | null> {
  const disk = await statfs(folder).catch(() => statfs(dirname(folder)).catch(() => null));
  return disk === null ? null : disk.bavail * disk.bsize;
}
