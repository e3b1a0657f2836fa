import type { Answer } from '../loopback-server.ts';
import { isRecord } from '../record.ts';
import { type JiraOperation, namesIn } from './call.ts';
import { JiraFailure } from './failure.ts';
import type { JiraIssue } from './jira-issue.ts';
import { parseJql } from './jql.ts';
import type { JiraState } from './state.ts';
import type { JiraViews } from './views.ts';

const maxPage = 5000;

interface Search {
  jql: string;
  fields: string[];
  properties: string[];
  maxResults: number;
  nextPageToken: string | undefined;
  reconcileIssues: string[];
}

/** The enhanced search by GET and POST. New issues show up only after the index lag, unless reconciled by id. */
export function createCloudSearch(state: JiraState, views: JiraViews): JiraOperation {
  function search(request: Search): Answer {
    const found = findIssues(state, request.jql, { isBounded: true, reconciled: request.reconcileIssues });
    const start = request.nextPageToken === undefined ? 0 : readToken(request.nextPageToken);
    const end = start + request.maxResults;
    const isLast = end >= found.length;
    const isIdOnly = request.fields.every((field) => field === 'id') && request.properties.length === 0;
    const issues = found.slice(start, end).map((issue) => (isIdOnly ? { id: issue.id } : views.issue(issue, request)));
    return { status: 200, body: { issues, isLast, ...(!isLast && { nextPageToken: toToken(end) }) } };
  }

  return ({ query, body }) => {
    if (body === undefined) {
      return search({
        jql: query.get('jql') ?? '',
        fields: namesIn(query, 'fields', ['id']),
        properties: namesIn(query, 'properties', []),
        maxResults: readSize(query.get('maxResults') ?? 50),
        nextPageToken: query.get('nextPageToken') ?? undefined,
        reconcileIssues: namesIn(query, 'reconcileIssues', []),
      });
    }
    if (!isRecord(body))
      throw new JiraFailure(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
    const known = [
      'jql',
      'fields',
      'properties',
      'maxResults',
      'nextPageToken',
      'reconcileIssues',
      'expand',
      'fieldsByKeys',
    ];
    const isKnown = Object.keys(body).every((key) => known.includes(key));
    const lists = [body['fields'], body['properties'], body['reconcileIssues']];
    if (!isKnown || lists.some((list) => list !== undefined && !Array.isArray(list))) {
      throw new JiraFailure(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
    }
    return search({
      jql: typeof body['jql'] === 'string' ? body['jql'] : '',
      fields: names(body['fields'], ['id']),
      properties: names(body['properties'], []),
      maxResults: readSize(body['maxResults'] ?? 50),
      nextPageToken: typeof body['nextPageToken'] === 'string' ? body['nextPageToken'] : undefined,
      reconcileIssues: names(body['reconcileIssues'], []),
    });
  };
}

/**
 * What a query finds, in its order; new issues only after the index lag, unless `reconciled` names their ids. Throws
 * JiraFailure 400. `isBounded`: a query without a condition is refused. `isStrict`: so is one that names what is not there.
 */
export function findIssues(
  state: JiraState,
  jql: string,
  {
    isBounded = false,
    isStrict = true,
    reconciled = [],
  }: { isBounded?: boolean; isStrict?: boolean; reconciled?: string[] },
): JiraIssue[] {
  const { matches, compare } = parseJql(state, jql, { isBounded, isStrict });
  const horizon = state.now() - state.indexLagMs;
  return state.issues
    .filter(({ createdAt, id, isArchived }) => !isArchived && (createdAt <= horizon || reconciled.includes(id)))
    .filter((issue) => state.projectOf(issue).permissions.browse && matches(issue))
    .sort(compare);
}

function names(value: unknown, fallback: string[]): string[] {
  return Array.isArray(value) && value.length > 0 ? value.map(String) : fallback;
}

function readSize(value: unknown): number {
  const size = Number(value);
  if (!Number.isInteger(size) || size < 1)
    throw new JiraFailure(400, 'The maxResults value must be a positive number.');
  return Math.min(size, maxPage);
}

/** Tokens are opaque to clients. */
function toToken(position: number): string {
  return Buffer.from(`page:${position}`).toString('base64url');
}

function readToken(token: string): number {
  const position = /^page:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (position === undefined) throw new JiraFailure(400, 'The nextPageToken is invalid.');
  return Number(position);
}
