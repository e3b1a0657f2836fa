import { access, rename, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { judgeModel } from '../classifier/gguf/judge-model.ts';
import { readGgufHeader } from '../classifier/gguf/read-gguf-header.ts';
import type { Downloaded } from './download-model.ts';

/** What came is not what was asked for; it is deleted by then. */
export const otherDigest = new AppError(
  'bad_response',
  'What came is not what was asked for: its SHA-256 is another one. It was deleted; start again, or choose another source.',
);

export interface AcceptedDownload {
  /** Absolute path of the file to be loaded. */
  path: string;
  /** What was checked, in words. */
  checked: string;
}

/**
 * Checks what came, and puts it where models are looked for. `sha256`: that a person or the list of models names; `place`:
 * the download's own folder, deleted where nothing of it can be used. Throws `otherDigest`, `bad_response`, and
 * `invalid_input` where a model of that name is there already.
 */
export async function acceptDownload({
  downloaded: { path, files, sha256: found, namedSha256 },
  sha256,
  place,
  folder,
}: {
  downloaded: Downloaded;
  sha256: string | null;
  place: string;
  folder: string;
}): Promise<AcceptedDownload> {
  const wanted = sha256 ?? namedSha256;
  if (wanted !== null && found !== null && wanted !== found) {
    await deletePlace(place);
    throw otherDigest;
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
