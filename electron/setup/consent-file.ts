import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { errorCode } from '../files/error-code.ts';
import { readJson } from '../files/read-json.ts';
import { writeJson } from '../files/write-json.ts';

const set = z.literal(true).optional();
const consentsSchema = z.object({
  /** What was forgotten in the window since it was set. */
  earlier: z
    .object({ JIRA_BASE_URL: z.string().optional(), SLACK_BOT_TOKEN: set, SLACK_APP_TOKEN: set, OPENAI_API_KEY: set })
    .catch({}),
  /** Origins from which a person agreed to download models. */
  downloadOrigins: z.array(z.string()).catch([]),
});
export type Consents = z.infer<typeof consentsSchema>;

/** Reads what a person agreed to. Nothing where there is no such file, or a damaged one: they are asked again. */
export function readConsents(file: string): Consents {
  try {
    return consentsSchema.parse(readJson(file));
  } catch {
    return { earlier: {}, downloadOrigins: [] };
  }
}

/** Throws `storage_failed`. */
export function writeConsents(file: string, consents: Consents): void {
  try {
    writeJson(file, consents);
  } catch (thrown) {
    const message = `Nothing was done: ${file} could not be written (${errorCode(thrown)}). Check its folder's permissions and free space.`;
    throw new AppError('storage_failed', message, { cause: thrown });
  }
}
