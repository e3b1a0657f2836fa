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
