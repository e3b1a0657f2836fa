import { isRecord } from '../record.ts';
import { type JiraOperation, namesIn } from './call.ts';
import { findIssues } from './cloud-search.ts';
import { JiraFailure } from './failure.ts';
import type { JiraState } from './state.ts';
import type { JiraViews } from './views.ts';

const maxPage = 1000;
const known = ['jql', 'startAt', 'maxResults', 'validateQuery', 'fields', 'expand'];

/** The search of REST v2, by GET and POST: paged by a number, and without the issues' properties. */
export function createDataCenterSearch(state: JiraState, views: JiraViews): JiraOperation {
  return ({ query, body }) => {
    if (body !== undefined && !isRecord(body)) throw new JiraFailure(400, 'Unexpected JSON.');
    const stranger = Object.keys(body ?? {}).find((name) => !known.includes(name));
    if (stranger !== undefined) {
      throw new JiraFailure(400, `Unrecognized field "${stranger}" (Class SearchRequestBean), not marked as ignorable`);
    }
    const given = (name: string): unknown => (body === undefined ? (query.get(name) ?? undefined) : body[name]);
    const startAt = readNumber(given('startAt') ?? 0);
    const maxResults = Math.min(readNumber(given('maxResults') ?? 50), maxPage);
    const isStrict = String(given('validateQuery') ?? true) !== 'false';
    const found = findIssues(state, String(given('jql') ?? ''), { isStrict });
    const names = body?.['fields'];
    const fields =
      body === undefined ? namesIn(query, 'fields', ['*navigable']) : Array.isArray(names) ? names.map(String) : [];
    const selection = { fields: fields.length === 0 ? ['*navigable'] : fields, properties: [] };
    const issues = found.slice(startAt, startAt + maxResults).map((issue) => views.issue(issue, selection));
    return { status: 200, body: { expand: 'names,schema', startAt, maxResults, total: found.length, issues } };
  };
}

function readNumber(value: unknown): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw new JiraFailure(400, `'${String(value)}' is no valid number.`);
  return number;
}
