import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { sha256Schema } from '../../shared/downloads.ts';

const recordSchema = z.object({
  // It names a folder.
  id: z.uuid(),
  uri: z.string(),
  sha256: sha256Schema.nullable(),
  name: z.string().nullable(),
  doneBytes: z.number().nonnegative(),
  totalBytes: z.number().nonnegative().nullable(),
});
/** A download that is not finished, as it is remembered over a restart. */
export type DownloadRecord = z.infer<typeof recordSchema>;

/** None where there is no such file, or a damaged one: its downloads then begin anew. */
export function readRecords(file: string): DownloadRecord[] {
  try {
    return z.array(recordSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}

/** In one go, so that no reader finds half of it. What cannot be written is only forgotten at the next start. */
export function writeRecords(file: string, records: DownloadRecord[]): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, `${JSON.stringify(records, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch {
    // A full disk, most likely: the download itself says so.
  }
}
