import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from '../loopback-server.ts';

/** A request as the operations see it. */
export interface JiraCall {
  /** Parts of the path, by name. */
  path: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** The parsed JSON; undefined where none came. */
  body: unknown;
  /** The body as it came. */
  text: string;
}

/** Throws JiraFailure. */
export type JiraOperation = (call: JiraCall) => Answer;

/** Jira takes such lists as repeated parameters and as comma-separated ones. */
export function namesIn(query: URLSearchParams, name: string, fallback: string[]): string[] {
  const names = query.getAll(name).flatMap((value) => value.split(','));
  const filled = names.map((entry) => entry.trim()).filter((entry) => entry !== '');
  return filled.length > 0 ? filled : fallback;
}

/** A page of a list, as most of Jira's lists are paged. */
export interface JiraPage<T> {
  startAt: number;
  maxResults: number;
  total: number;
  values: T[];
}

/** `most` entries are on a page at most, however many are asked for; where absent all that are asked for are. */
export function toPage<T>(query: URLSearchParams, all: readonly T[], most = Number.POSITIVE_INFINITY): JiraPage<T> {
  const startAt = Number(query.get('startAt') ?? 0);
  const maxResults = Math.min(Number(query.get('maxResults') ?? 50), most);
  return { startAt, maxResults, total: all.length, values: all.slice(startAt, startAt + maxResults) };
}
