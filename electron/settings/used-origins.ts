import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { settingOrigins } from '../../shared/setting-row.ts';
import { secretNames } from '../../shared/settings.ts';
import { errorCode } from '../files/error-code.ts';
import { writeJson } from '../files/write-json.ts';
import { readFile } from './read-file.ts';
import type { KnownOrigins, SecretUse } from './secret-origins.ts';

const fileSchema = z.object({
  /** Hexadecimal digits; they go before each secret when it is hashed. */
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  used: z.array(
    z.object({
      name: z.enum(secretNames),
      /** The secret's SHA-256 in hexadecimal, never the secret itself. */
      hash: z.string().regex(/^[0-9a-f]{64}$/),
      origin: z.string(),
      by: z.enum(settingOrigins),
    }),
  ),
});
type UsedFile = z.infer<typeof fileSchema>;

/** Where secrets from `.env` files and the environment were sent. */
export interface UsedOrigins extends Pick<KnownOrigins, 'used'> {
  /** Throws `storage_failed` where it could not be written; it is known until the program ends all the same. */
  remember(uses: readonly Pick<SecretUse, 'name' | 'secret' | 'origin' | 'by'>[]): void;
}

/** Secrets are changed by hand; in the demo each run has others. */
const mostKept = 40;

/** `file`: absolute path of DATA/secret-origins.json; there or not. Whoever else writes it meanwhile is heard. */
export function createUsedOrigins(file: string): UsedOrigins {
  let unwritten: UsedFile | null = null;

  /** What the file says. Without it, or with a damaged one, no secret was used before. */
  function read(): UsedFile {
    if (unwritten !== null) return unwritten;
    try {
      return fileSchema.parse(JSON.parse(readFile(file).text));
    } catch {
      return { salt: randomBytes(16).toString('hex'), used: [] };
    }
  }

  return {
    used(name, secret) {
      const { salt, used } = read();
      const hash = hashOf(salt, secret);
      return used.findLast((each) => each.name === name && each.hash === hash);
    },

    remember(uses) {
      const { salt, used } = read();
      let next = used;
      for (const { name, secret, origin, by } of uses) {
        const hash = hashOf(salt, secret);
        const isThis = (each: UsedFile['used'][number]) => each.name === name && each.hash === hash;
        const former = next.findLast(isThis);
        if (former?.origin === origin && former.by === by) continue;
        next = [...next.filter((each) => !isThis(each)), { name, hash, origin, by }];
      }
      if (next === used) return;
      unwritten = { salt, used: next.slice(-mostKept) };
      write(file, unwritten);
      unwritten = null;
    },
  };
}

function hashOf(salt: string, secret: string): string {
  return createHash('sha256').update(salt).update(secret).digest('hex');
}

function write(file: string, content: UsedFile): void {
  try {
    writeJson(file, content);
  } catch (thrown) {
    const message = `Which secret belongs to which address could not be kept in ${file} (${errorCode(thrown)}). Check its folder's permissions and free space.`;
    throw new AppError('storage_failed', message, { cause: thrown });
  }
}
