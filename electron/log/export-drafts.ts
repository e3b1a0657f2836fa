import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const draft = /^export-[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\.(csv|json)(\.part)?$/;

/** Where an export is written before it goes where a person wants it, which may be a share that hangs. */
export function newDraft(folder: string, format: 'csv' | 'json'): string {
  return join(folder, `export-${randomUUID()}.${format}`);
}

/** Deletes what a crash left behind: it holds the text of tickets. Never throws. */
export function deleteDrafts(folder: string): void {
  try {
    for (const name of readdirSync(folder)) if (draft.test(name)) rmSync(join(folder, name), { force: true });
  } catch {
    // The next start tries again.
  }
}
