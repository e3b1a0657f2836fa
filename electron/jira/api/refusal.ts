import { z } from 'zod';
import { isolated } from '../../../shared/bidi.ts';
import { AppError, type ErrorCode, toAppError } from '../../../shared/errors.ts';
import { listOf } from '../../network/bounded-schema.ts';

/** What Jira said when it refused a request; travels as the `cause` of the AppError. */
const jiraRefusalSchema = z.object({
  kind: z.literal('jira-refusal'),
  status: z.number(),
  messages: z.array(z.string()),
  /** What is wrong with each field, by its id. */
  fields: z.record(z.string(), z.string()),
});
export type JiraRefusal = z.infer<typeof jiraRefusalSchema>;

// Jira answers `errorMessages` and `errors`; Atlassian's gateway in front of it answers `message`.
const errorBodySchema = z.object({
  errorMessages: listOf(z.string()).catch([]),
  errors: z.record(z.string(), z.unknown()).catch({}),
  message: z.string().optional().catch(undefined),
});

const longestWords = 1000;
/** Characters of an error body; Jira's own have some hundred. A longer one counts as somebody else's. */
const longestBody = 64 * 1024;

/** Reads an error body; one that is not Jira's JSON has no messages. */
export function parseRefusal(status: number, body: string): JiraRefusal {
  const parsed = errorBodySchema.safeParse(parseJson(body));
  const { errorMessages, errors, message } = parsed.success
    ? parsed.data
    : { errorMessages: [], errors: {}, message: undefined };
  return {
    kind: 'jira-refusal',
    status,
    messages: message === undefined ? errorMessages : [...errorMessages, message],
    fields: Object.fromEntries(Object.entries(errors).map(([field, words]) => [field, String(words)])),
  };
}

/** Whether an error body is Jira's own, if with nothing in it: a gateway, a proxy or a mesh before it has another form. */
export function isJirasOwn(body: string): boolean {
  const own = z
    .object({ errorMessages: z.array(z.unknown()) })
    .or(z.object({ errors: z.record(z.string(), z.unknown()) }));
  return own.safeParse(parseJson(body)).success;
}

/** Jira's own words behind an error, or null where Jira did not answer at all. */
export function refusalOf(thrown: unknown): JiraRefusal | null {
  if (!(thrown instanceof AppError)) return null;
  return jiraRefusalSchema.safeParse(thrown.cause).data ?? null;
}

/** Jira's words in one line, as a sentence, with fields called by the names people know; empty where it said nothing. */
export function refusalWords(refusal: JiraRefusal, fieldNames: ReadonlyMap<string, string> = new Map()): string {
  const onFields = Object.entries(refusal.fields).map(([id, words]) => `${fieldNames.get(id) ?? id}: ${words}`);
  const all = [...refusal.messages, ...onFields].map((words) => words.replace(/[\s\p{Cc}]+/gu, ' ').trim());
  const line = all.filter((words) => words !== '').join(' ');
  return isolated(asSentence(line.slice(0, longestWords)));
}

/** More words may follow. */
function asSentence(words: string): string {
  return words === '' || /[.!?…。！？؟।]["'”»)\p{Cf}]*$/u.test(words) ? words : `${words}.`;
}

/** Says what an error means for this operation, and Jira's own words after that. */
export async function reworded<T>(work: Promise<T>, words: Partial<Record<ErrorCode, string>>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    const message = thrown instanceof AppError ? words[thrown.code] : undefined;
    const refusal = refusalOf(thrown);
    if (!(thrown instanceof AppError) || message === undefined || refusal === null) throw thrown;
    const { code, retryAfterMs } = thrown;
    throw new AppError(code, `${message} ${refusalWords(refusal)}`.trim(), { cause: refusal, retryAfterMs });
  }
}

/** Whether a server has nothing at an address, which older ones say with a page: a resource that came with a later one. */
export function lacksResource(thrown: unknown): boolean {
  const { code } = toAppError(thrown);
  // A page that everybody gets, or a login, says nothing of what lies behind it.
  return [404, 405].includes(refusalOf(thrown)?.status ?? 0) && code !== 'unavailable' && code !== 'unauthorized';
}

/** Whether a server takes none of our entity properties with what it is to create. */
export function refusesProperties(thrown: unknown): boolean {
  const refusal = refusalOf(thrown);
  if (refusal?.status !== 400) return false;
  return 'properties' in refusal.fields || refusal.messages.some((words) => /\bproperties\b/.test(words));
}

/** Whether an entity property cannot be read, and will not be: by Jira's own answer, not by a firewall's page. */
export function isUnreadable(thrown: unknown): boolean {
  return lacksResource(thrown) || toAppError(thrown).code === 'forbidden';
}

export function mayNotCreate(project: string): string {
  return `This account may not create issues in ${project}: it needs the permission "Create issues" there.`;
}

export function noIssue(key: string): string {
  return `Jira has no issue ${key}, or this account may not see it.`;
}

function parseJson(body: string): unknown {
  if (body.length > longestBody) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
