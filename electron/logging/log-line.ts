import type { AppError, ErrorCode } from '../../shared/errors.ts';
import { failuresOf } from '../network/failures.ts';

/** These messages are wholly our own; others may quote what Jira or Slack said, and they may quote a ticket. */
const ownWords: ReadonlySet<ErrorCode> = new Set(['not_configured', 'model_failed', 'storage_failed']);

/**
 * A failure as one line of the log file: its code, what it is about, and the codes of its causes. Never the text of
 * a ticket.
 */
export function failureLine(error: AppError, about: string): string {
  const causes = [hintOf(error.cause), ...failuresOf(error.cause).map(({ name, code }) => code || name)];
  const parts = [error.code, about, ownWords.has(error.code) ? error.message : '', ...new Set(causes)];
  const frames = error.code === 'bug' && error.cause instanceof Error ? framesOf(error.cause) : '';
  return parts.filter((part) => part !== '').join(' ') + frames;
}

/** HTTP status or Slack's own code, where a cause has one. */
function hintOf(cause: unknown): string {
  if (!cause || typeof cause !== 'object') return '';
  if ('status' in cause) return `HTTP ${cause.status}`;
  const data = 'data' in cause ? cause.data : null;
  const code = data && typeof data === 'object' && 'error' in data ? String(data.error) : '';
  // Slack's codes are words like this; whatever else stands there may quote anything.
  return /^[\w.:-]{1,80}$/.test(code) ? code : '';
}

/** Characters in which ten frames, as many as there are, have room. */
const longestFrames = 8_192;

/** Where it happened, on the same line; the message above the frames may hold anything, also what looks like a frame. */
function framesOf({ stack = '', message }: Error): string {
  const behind = stack.indexOf(message) < 0 ? 0 : stack.indexOf(message) + message.length;
  const frames = stack
    .slice(Math.max(behind, stack.length - longestFrames))
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  return frames.map((frame) => ` ${frame.trim()}`).join('');
}

/** Anything that looks like a token, a password in an address or one of Slack's one-time addresses. */
const secrets = [
  /\bx(?:ox[a-z]|app)-[\w-]+/g,
  /\bATATT[\w=-]+/g,
  /\bsk-[\w-]{8,}/g,
  /\b(?:Basic|Bearer)\s+[\w+/=.-]+/gi,
  /(?<=\/\/)[^/\s:@]+:[^/\s@]+(?=@)/g,
  /https:\/\/hooks\.slack(?:-gov)?\.com\/\S+/g,
];

/** Characters of one entry: a library's message may quote a whole answer. */
const longestEntry = 20_000;

/** Text for a log file, without secrets that a library's message may hold. */
export function redact(text: string): string {
  // Never within a word: half a secret might not be known for one.
  const end = text.length > longestEntry ? Math.max(0, text.lastIndexOf(' ', longestEntry)) : text.length;
  return secrets.reduce((clean, secret) => clean.replace(secret, '[redacted]'), text.slice(0, end));
}

/** Ends of lines, everything else that a terminal obeys (C0, C1, escape sequences begin with one), and bidi controls. */
const unseen = /[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u206F\uFEFF]/gu;
const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text for one line of the log file or of stdout: whoever named a file or answered a request cannot write a line of their
 * own, colour a terminal or turn the order of the writing. What would do that is shown as `\n` or `\u202e`.
 */
export function visibleLine(text: string): string {
  return text.replace(
    unseen,
    (character) => short[character] ?? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
