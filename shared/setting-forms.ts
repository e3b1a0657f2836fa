import { z } from 'zod';
import { projectKeyPattern } from './issue-key.ts';
import { isUnprotected, readJiraAddress } from './jira-address.ts';
import { isLoopback } from './loopback.ts';
import { rotatingToken, rotationUnsupported } from './rotating-token.ts';

/** What the values of a setting look like, and which one counts where none that can be used is given. */
export interface Form<Value> {
  /**
   * How the window asks for it and how files hold it: a `list` may be one in YAML, too; a `file` and `folders` are made
   * absolute before the rule sees them.
   */
  kind: 'switch' | 'number' | 'text' | 'list' | 'file' | 'folders';
  /** Takes trimmed text that is not empty. Its message names the expected form and never quotes the text. */
  rule: z.ZodType<Value>;
  default: Value;
  /** The form in a few words, for the documentation. */
  words: string;
  /** What to enter, for the window: `a whole number from 1 to 9`. */
  expected?: string;
  /** Whether the value goes with the other settings, which the rule does not know. */
  suits?: { check(value: string, valueFor: (name: string) => unknown): boolean; message: string };
}

export function yesOrNo(otherwise: boolean): Form<boolean> {
  const rule = z
    .string()
    .regex(/^(true|yes|1|false|no|0)$/i, `Expected true or false; taken as ${otherwise}.`)
    .transform((text) => /^(true|yes|1)$/i.test(text));
  return { kind: 'switch', rule, default: otherwise, words: '`true`, `false`' };
}

interface Range {
  /** `days`; nothing where things are counted. */
  of?: string;
  from: number;
  to: number;
}

/** `zero`: what 0 means, where it may stand beside the range. */
function within({ of, from, to }: Range, zero: string | null, otherwise: string) {
  const expected = `a whole number${of === undefined ? '' : ` of ${of}`} from ${from} to ${to}`;
  const message = `Expected ${expected}${zero === null ? '' : `, or 0 for ${zero}`}; taken as ${otherwise}.`;
  const rule = z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((count) => (count >= from && count <= to) || (zero !== null && count === 0), message);
  const words = `${from} to ${to}${of === undefined ? '' : ` ${of}`}${zero === null ? '' : `; 0: ${zero}`}`;
  return { kind: 'number', rule, words, expected } as const;
}

export function wholeNumber(options: Range & { default: number; zero?: string }): Form<number> {
  const { zero = null, default: otherwise, ...range } = options;
  return { ...within(range, zero, String(otherwise)), default: otherwise };
}

/** Never where it is not given, and where it is 0, so that a later place can take back what an earlier one says. */
export function wholeNumberOrNever(range: Range): Form<number | null> {
  const { rule, ...form } = within(range, 'never', 'never');
  return { ...form, rule: rule.transform((count) => count || null), default: null };
}

/** A share of 1, with three decimals at most. */
export function share(zero: string): Form<number | null> {
  const message = `Expected a share from 0 (${zero}) to 1, such as 0.4; taken as the default.`;
  const rule = z
    .string()
    .regex(/^(0(\.\d{1,3})?|1(\.0{1,3})?)$/, message)
    .transform(Number);
  return { kind: 'number', rule, default: null, words: `0 to 1; 0: ${zero}` };
}

/** One of these names, in whatever case. */
export function oneOf<const Name extends string>(
  names: readonly Name[],
  { words, message }: { words: string; message: string },
): Form<Name | null> {
  return { kind: 'text', rule: z.string().toLowerCase().pipe(z.enum(names, message)), default: null, words };
}

/** `expected` says it with an example, in messages. */
export function word<Default extends string | null>(
  pattern: RegExp,
  { expected, ...form }: { expected: string; words: string; default: Default },
): Form<string | Default> {
  return { kind: 'text', rule: z.string().regex(pattern, `Expected ${expected}.`), ...form };
}

/**
 * An address that may be sent secrets: https, or http where `mayBeHttp` allows that host. No credentials, query or
 * fragment. The path ends in a slash. Null for anything else.
 */
function webAddress(value: string, mayBeHttp: (hostname: string) => boolean): URL | null {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || url.username || url.password || url.search || url.hash) return null;
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && mayBeHttp(url.hostname));
  if (!safe) return null;
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/** The address of a service that is sent secrets: https, or http on this machine. Without a slash at its end unless `hasSlash`. */
export function serviceAddress(otherwise: string, { hasSlash }: { hasSlash: boolean }): Form<string> {
  const message = `Expected an https address such as ${otherwise} (http only on this machine).`;
  const rule = z.string().transform((text, context) => {
    const url = webAddress(text, isLoopback);
    if (url !== null) return hasSlash ? url.href : url.href.replace(/(?<!\/)\/+$/, '');
    context.addIssue(message);
    return z.NEVER;
  });
  return { kind: 'text', rule, default: otherwise, words: 'https address, or http on this machine' };
}

/** The address of a Jira, however it was copied. `plainHttp`: where http may lead beyond this machine. */
export function jiraAddress(plainHttp: { setting: string; is: string }): Form<string | null> {
  const message = `Over http, the token and the tickets can be read on their way. Enter the address with https, or set ${plainHttp.setting} to ${plainHttp.is} where your network is trusted.`;
  const rule = z.string().transform((text, context) => {
    const { base, trouble } = readJiraAddress(text);
    if (trouble === null) return base;
    context.addIssue(trouble);
    return z.NEVER;
  });
  const check = (address: string, valueFor: (name: string) => unknown) =>
    !isUnprotected(address) || valueFor(plainHttp.setting) === plainHttp.is;
  return {
    kind: 'text',
    rule,
    default: null,
    words: 'an address in your Jira, or `your-team`',
    suits: { check, message },
  };
}

/** Secrets travel in HTTP headers, which take visible ASCII only. */
const headerSafe = /^[\x21-\x7e]+$/;

export function secretWord(): Form<string | null> {
  const message = 'Expected one word of plain characters. Copy it again, without spaces or line breaks.';
  return { kind: 'text', rule: z.string().regex(headerSafe, message), default: null, words: 'one word' };
}

/** `expected`: which token of Slack's that is. */
export function slackToken(prefix: 'xoxb-' | 'xapp-', expected: string): Form<string | null> {
  const rule = z.string().superRefine((text, context) => {
    if (text.startsWith(prefix) && text.length > prefix.length && headerSafe.test(text)) return;
    const isOther = text.startsWith(prefix === 'xoxb-' ? 'xapp-' : 'xoxb-');
    const swapped = isOther ? ' SLACK_BOT_TOKEN and SLACK_APP_TOKEN seem to be swapped.' : '';
    context.addIssue(rotatingToken.test(text) ? rotationUnsupported : `Expected ${expected}.${swapped}`);
  });
  return { kind: 'text', rule, default: null, words: `\`${prefix}...\`` };
}

/** The key of one project in upper case, or its numeric id. */
export function projectKey(): Form<string | null> {
  const message = 'Expected a project key such as KAN, or the numeric id of a project.';
  const rule = z
    .string()
    .toUpperCase()
    .refine((key) => projectKeyPattern.test(key) || /^[1-9]\d*$/.test(key), message);
  return { kind: 'text', rule, default: null, words: 'key such as `KAN`, or numeric id' };
}

/**
 * Keys of projects with commas or blanks between them, in upper case; `*` where that is one of them, also in the quotation
 * marks that YAML wants around it.
 */
function listedProjects(value: string): '*' | string[] {
  const keys = value
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  return keys.some((key) => /^["'“”„‘’]?\*["'“”‘’]?$/.test(key)) ? '*' : [...new Set(keys)];
}

/** Keys of projects, or `*`. */
export function projects(): Form<'*' | string[]> {
  const expected = 'keys of projects with commas between them, such as OPS, WEB';
  const isKnown = (listed: '*' | string[]) =>
    listed === '*' || (listed.length > 0 && listed.every((key) => projectKeyPattern.test(key)));
  const rule = z.string().transform(listedProjects).refine(isKnown, `Expected ${expected}, or "*" for all.`);
  return { kind: 'list', rule, default: [], words: 'keys with commas between them, or `*` for all', expected };
}

/** The path of a file: absolute, or relative to the data folder or the current folder. */
export function file(words: string): Form<string | null> {
  return { kind: 'file', rule: z.string(), default: null, words };
}

/** Folders as in PATH, with colons between them (semicolons on Windows), or one on each line. */
export function folders(): Form<string[]> {
  return { kind: 'folders', rule: z.array(z.string()), default: [], words: 'folders as in PATH, or one a line' };
}

/** Text within a map, of 255 characters at most, where YAML may have made a number or a boolean of it. */
export function plainText(message: string): z.ZodType<string> {
  return z
    .union([z.string(), z.number(), z.boolean()], message)
    .transform(String)
    .pipe(z.string().trim().min(1, message).max(255, message));
}
