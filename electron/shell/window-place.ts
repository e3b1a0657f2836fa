import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';

const placeSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  isMaximized: z.boolean(),
});

/** Where the person left the window, in points; while it is maximized, where it was before. */
export type WindowPlace = z.infer<typeof placeSchema>;

/** Reads the place; null where the file is not there or says nothing useful: it is not worth a complaint. */
export function readPlace(file: string): WindowPlace | null {
  try {
    return placeSchema.parse(JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')));
  } catch {
    return null;
  }
}

/** Keeps the place. Throws `storage_failed`. */
export function savePlace(file: string, place: WindowPlace): void {
  try {
    writeFileSync(file, `${JSON.stringify(place)}\n`);
  } catch (thrown) {
    const message = `Size and place of the window could not be kept in ${file}. Check its folder's permissions and free space.`;
    throw new AppError('storage_failed', message, { cause: thrown });
  }
}
