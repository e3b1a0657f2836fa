import { z } from 'zod';
import { errorCodeSchema } from './errors.ts';

/** State of one of the parts: a word for the code, a sentence for the person. */
const partSchema = z.object({
  state: z.enum(['off', 'busy', 'ok', 'trouble']),
  /** `connected`, `disconnected closed`, `unauthorized`, `loaded model.gguf on cuda`, ... as on stdout. */
  line: z.string(),
  /** What is wrong and what to do; null where nothing is. */
  message: z.string().nullable(),
});
export type PartState = z.infer<typeof partSchema>;

export const deskStatusSchema = z.object({
  slack: partSchema.extend({
    /** ISO 8601; null while not connected. */
    since: z.iso.datetime().nullable(),
    /** Desktops connected with these tokens, as Slack said when this one connected; null where unknown. */
    desktops: z.number().int().nullable(),
    /** The person closed the line; what was received goes on. */
    paused: z.boolean(),
  }),
  jira: partSchema,
  model: partSchema,
  log: z.object({
    /** Rows in the log. */
    tickets: z.number().int().nonnegative(),
    /** Bytes of the database, its write-ahead log included. */
    bytes: z.number().nonnegative(),
    /** Bytes free on the disk that holds it; null where unknown. */
    diskFree: z.number().nonnegative().nullable(),
    /** Why it cannot be read just now; null where it can. */
    message: z.string().nullable(),
    /** When the newest backup was made, and why a later one could not be; each null where there is none. */
    backup: z.object({ at: z.iso.datetime().nullable(), message: z.string().nullable() }),
    /** The damaged file that was set aside, while it is still there: what was carried over, what may be missing. */
    recovery: z.object({ at: z.iso.datetime(), message: z.string() }).nullable(),
  }),
  /** The room where the log lies: `ok`, `low` or `full`. */
  disk: partSchema,
  /** The last failure that was noted since the start. */
  lastError: z.object({ at: z.iso.datetime(), code: errorCodeSchema, message: z.string() }).nullable(),
  /** Tickets that need a person. */
  attention: z.number().int().nonnegative(),
  /** Tickets with which work is left, those that need a person among them. */
  unfinished: z.number().int().nonnegative(),
  /** What people should know as long as the program runs; sentences. */
  notices: z.array(z.string()),
  version: z.string(),
  dataDir: z.string(),
  demo: z.boolean(),
});
export type DeskStatus = z.infer<typeof deskStatusSchema>;
