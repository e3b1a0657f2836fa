import { z } from 'zod';
import { errorCodeSchema, errorCodes } from './errors.ts';

/** Health of one part: how it is, the reason as a code to branch on, and the reason in sentences for a person. */
const healthOf = <State extends 'off' | 'busy' | 'ok' | 'trouble', Code extends string>(
  states: readonly State[],
  codes: readonly Code[],
) =>
  z.object({
    state: z.enum(states),
    code: z.enum(codes),
    /** What is wrong and what to do; null where nothing is. */
    detail: z.string().nullable(),
  });

/** `closed`, `silent`: the line broke, and is mended by itself. `stopped`: a person or the program closed it. */
const slackHealthSchema = healthOf(
  ['off', 'busy', 'ok', 'trouble'],
  ['starting', 'connecting', 'connected', 'closed', 'silent', 'stopped', ...errorCodes],
).extend({
  /** ISO 8601; null while not connected. */
  since: z.iso.datetime().nullable(),
  /** Desktops connected with these tokens, as Slack said when this one connected; null where unknown. */
  desktops: z.number().int().nullable(),
});
const jiraHealthSchema = healthOf(['off', 'ok', 'trouble'], ['starting', 'ok', ...errorCodes]).extend({
  /** Whether it is not asked again before a person tries: a captcha. Not so where absent. */
  needsPerson: z.boolean().optional(),
});
/** Health of the GGUF. */
const modelHealthSchema = healthOf(
  ['off', 'busy', 'ok', 'trouble'],
  ['starting', 'none', 'loading', 'loaded', 'unloaded', ...errorCodes],
).extend({
  /** Name of the file, without its folder; null where there is none. */
  file: z.string().nullable(),
  /** `cpu`, `cuda`, `vulkan` or `metal`; null while it is not loaded. */
  device: z.string().nullable(),
});
/** Room on the disk where the log lies. */
const diskHealthSchema = healthOf(['ok', 'trouble'], ['ok', 'low', 'full']);

export type SlackHealth = z.infer<typeof slackHealthSchema>;
export type JiraHealth = z.infer<typeof jiraHealthSchema>;
export type ModelHealth = z.infer<typeof modelHealthSchema>;
export type DiskHealth = z.infer<typeof diskHealthSchema>;
export type PartHealth = SlackHealth | JiraHealth | ModelHealth | DiskHealth;

export const appStatusSchema = z.object({
  slack: slackHealthSchema.extend({
    /** The person closed the line; what was received goes on. */
    paused: z.boolean(),
  }),
  jira: jiraHealthSchema,
  model: modelHealthSchema,
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
    /**
     * The damaged file, or that of before the first release, that was set aside, while it is still there: what was
     * carried over, what may be missing.
     */
    recovery: z.object({ at: z.iso.datetime(), cause: z.enum(['damage', 'old_form']), message: z.string() }).nullable(),
  }),
  disk: diskHealthSchema,
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
export type AppStatus = z.infer<typeof appStatusSchema>;
