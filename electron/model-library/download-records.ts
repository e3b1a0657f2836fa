import { z } from 'zod';
import { sha256Schema } from '../../shared/downloads.ts';
import { readJson } from '../files/read-json.ts';
import { writeJson } from '../files/write-json.ts';

const recordSchema = z.object({
  // It names a folder.
  id: z.uuid(),
  uri: z.string(),
  sha256: sha256Schema.nullable(),
  name: z.string().nullable(),
  doneBytes: z.number().nonnegative(),
  totalBytes: z.number().nonnegative().nullable(),
  /** Whether it runs, or its process was killed: pieces may be noted as complete that were never written. */
  isTorn: z.boolean().default(false),
});
/** A download that is not finished, as it is remembered over a restart. */
export type DownloadRecord = z.infer<typeof recordSchema>;

/** Reads the records; none where there is no such file, or a damaged one: its downloads then begin anew. */
export function readRecords(file: string): DownloadRecord[] {
  try {
    return z.array(recordSchema).parse(readJson(file));
  } catch {
    return [];
  }
}

/** Writes the records. What cannot be written is only forgotten at the next start. */
export function writeRecords(file: string, records: DownloadRecord[]): void {
  try {
    writeJson(file, records);
  } catch {
    // A full disk, most likely: the download itself says so.
  }
}
