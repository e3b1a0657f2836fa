import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { errorCode } from '../files/error-code.ts';
import { writeJson } from '../files/write-json.ts';
import { readFile } from './read-file.ts';

/** A key in base64: by the keychain or, where the person took plain text for secrets, as it is; neither where it is not kept. */
const keptKeySchema = z.object({
  id: z.string().regex(/^[0-9a-f]{8}$/),
  encrypted: z.base64().optional(),
  plain: z.base64().optional(),
});
export type KeptKey = z.infer<typeof keptKeySchema>;

const fileSchema = z.object({
  /** Slack's id of the workspace that the token was of which was used last. */
  team: z.string().min(1).nullable().catch(null),
  /** The key of that token. Its id tells at the next start whether the token is still the same. */
  last: keptKeySchema.nullable().catch(null),
  /** The keys of the tokens before, each until then (ISO 8601). */
  former: z.array(keptKeySchema.extend({ until: z.iso.datetime() })).catch([]),
});
export type MarkKeysFile = z.infer<typeof fileSchema>;

/** Reads the file. Nothing where there is none, or a damaged one: then Slack is asked for the workspace, and no token came before. */
export function readMarkKeysFile(path: string): MarkKeysFile {
  const empty = { team: null, last: null, former: [] };
  try {
    return fileSchema.parse(JSON.parse(readFile(path).text));
  } catch {
    return empty;
  }
}

/** Throws `storage_failed`. */
export function writeMarkKeysFile(path: string, content: MarkKeysFile): void {
  try {
    writeJson(path, content);
  } catch (thrown) {
    const message = `The keys of earlier Slack tokens could not be kept in ${path} (${errorCode(thrown)}). Check its folder's permissions and free space.`;
    throw new AppError('storage_failed', message, { cause: thrown });
  }
}
