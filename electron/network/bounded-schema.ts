import { z } from 'zod';

/** A page of anything that is asked for has 200 entries at most. */
const most = 1000;

/**
 * A list of others, of 1,000 entries at most. Zod on its own tries every entry and keeps a report of each that does not
 * fit: 333,000 of them, in 1 MB, hold the event loop for 0.9 s.
 */
export function listOf<Schema extends z.ZodType>(entry: Schema) {
  return z.array(z.unknown()).max(most).pipe(z.array(entry));
}

/** An object of others by name, of 1,000 entries at most. */
export function mapOf<Schema extends z.ZodType>(entry: Schema) {
  return z
    .record(z.string(), z.unknown())
    .refine((map) => Object.keys(map).length <= most)
    .pipe(z.record(z.string(), entry));
}
