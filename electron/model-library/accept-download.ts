import { access, rename, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { judgeModel } from '../classifier/gguf/judge-model.ts';
import { readGgufHeader } from '../classifier/gguf/read-gguf-header.ts';
import { downloadedSchema } from './download-model.ts';

export const arrivalSchema = z.object({
  downloaded: downloadedSchema,
  /** The digest that a person or the list of models names. */
  sha256: z.string().nullable(),
  /** The download's own folder, deleted where nothing of it can be used. */
  place: z.string(),
});
export type Arrival = z.infer<typeof arrivalSchema>;

export const acceptedSchema = z.object({
  /** Absolute path of the file to be loaded. */
  path: z.string(),
  /** What was checked, in words. */
  checked: z.string(),
});
export type AcceptedDownload = z.infer<typeof acceptedSchema>;

/**
 * Checks what came, and puts it into `folder`, where models are looked for. Gives null where its digest is another one; it
 * is deleted by then. Throws `bad_response`, and `invalid_input` where a model of that name is there already.
 */
export async function acceptDownload(
  folder: string,
  { downloaded: { path, files, sha256: found, namedSha256 }, sha256, place }: Arrival,
): Promise<AcceptedDownload | null> {
  const wanted = sha256 ?? namedSha256;
  if (wanted !== null && found !== null && wanted !== found) {
    await deletePlace(place);
    return null;
  }
  for (const problem of await problemsOf(path, files)) {
    await deletePlace(place);
    throw new AppError('bad_response', `What came cannot be used: ${problem}. It was deleted.`);
  }
  const target = (file: string) => join(folder, modelName(basename(file)));
  await move(files.map((file) => ({ from: file, to: target(file) })));
  await deletePlace(place);
  return { path: target(path), checked: checkedWords({ isCompared: wanted !== null && found !== null, sha256 }) };
}

/** Why it is no model that answers: of its first file, which names the others, and of each by itself. */
async function problemsOf(path: string, files: readonly string[]): Promise<string[]> {
  const headers = await Promise.all(files.map((file) => readGgufHeader(file)));
  const whole = /\.gguf$/i.test(path) ? (await judgeModel(path)).problem : null;
  return [...headers.map(({ problem }) => problem), whole].filter((problem) => problem !== null);
}

function checkedWords({ isCompared, sha256 }: { isCompared: boolean; sha256: string | null }): string {
  if (!isCompared) return 'Checked: format, header and size. Nobody named a SHA-256 to compare with.';
  return `Checked, with the SHA-256 that ${sha256 === null ? 'the server names' : 'was given'}.`;
}

/** Deletes what has come of a download. */
export async function deletePlace(place: string): Promise<void> {
  await rm(place, { recursive: true, force: true, maxRetries: 3 });
  // Only where it is empty now.
  await rmdir(join(place, '..')).catch(() => {});
}

/** Moves all files, or none where one is there already. */
async function move(moves: readonly { from: string; to: string }[]): Promise<void> {
  for (const { to } of moves) {
    if (await isThere(to)) {
      throw new AppError(
        'invalid_input',
        `${basename(to)} is in the models folder already. Rename or delete that file, then resume.`,
      );
    }
  }
  for (const { from, to } of moves) await rename(from, to);
}

/** Name with the ending that a model needs to be found, whatever the server calls it. */
function modelName(name: string): string {
  return /\.gguf$/i.test(name) ? name : `${name}.gguf`;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
