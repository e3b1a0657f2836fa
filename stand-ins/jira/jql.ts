import { JiraFailure } from './failure.ts';
import type { JiraIssue } from './jira-issue.ts';
import type { JiraPerson } from './people.ts';
import type { JiraState } from './state.ts';

type Test = (issue: JiraIssue) => boolean;
type Order = (one: JiraIssue, other: JiraIssue) => number;

/** A query as a test and an order. */
export interface Jql {
  matches: Test;
  compare: Order;
}

const clausePattern = /^(\w+)\s*(>=|<=|!=|=|>|<)\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"']+)$/;
const listPattern = /^(\w+)\s+in\s*\((.+)\)$/i;

/**
 * Reads the part of JQL that finding one's own issues needs: clauses joined by AND on project, labels, created,
 * creator, reporter, issuetype and key, with `in` for any of several, and ORDER BY created or key. Throws JiraFailure
 * 400 in Jira's words. `isBounded` refuses a query without a condition, `isStrict` one that names what is not there.
 */
export function parseJql(
  state: JiraState,
  jql: string,
  { isBounded, isStrict }: { isBounded: boolean; isStrict: boolean },
): Jql {
  const [condition = '', order = ''] = jql.split(/(?:^|(?<!\s)\s+)order\s+by\s+/i);
  if (condition.trim() === '' && !isBounded) return { matches: () => true, compare: toOrder(order.trim()) };
  if (condition.trim() === '') {
    throw new JiraFailure(
      400,
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    );
  }
  const tests = condition
    .trim()
    .split(/(?<!\s)\s+and\s+/i)
    .map((clause) => toTest(state, clause.trim(), isStrict));
  return { matches: (issue) => tests.every((test) => test(issue)), compare: toOrder(order.trim()) };
}

function toTest(state: JiraState, clause: string, isStrict: boolean): Test {
  const [, listField, list] = listPattern.exec(clause) ?? [];
  if (listField !== undefined && list !== undefined) {
    const tests = list.split(',').map((value) => toTest(state, `${listField} = ${value.trim()}`, isStrict));
    return (issue) => tests.some((test) => test(issue));
  }
  const [, rawField = '', operator = '', quoted = ''] = clausePattern.exec(clause) ?? [];
  if (rawField === '') throw new JiraFailure(400, `Error in the JQL Query: '${clause}' could not be read.`);
  const field = rawField.toLowerCase();
  const value = unquote(quoted);
  if (field === 'created' || field === 'createddate') return toDateTest(state, operator, value);
  if (operator !== '=') {
    throw new JiraFailure(400, `The operator '${operator}' is not supported by the '${rawField}' field.`);
  }
  switch (field) {
    case 'project': {
      const project = state.findProject(value) ?? state.projects.find(({ name }) => name === value);
      if (project === undefined && isStrict) {
        throw new JiraFailure(400, `The value '${value}' does not exist for the field 'project'.`);
      }
      return (issue) => issue.projectKey === project?.key;
    }
    case 'labels':
      return ({ fields }) => Array.isArray(fields['labels']) && fields['labels'].includes(value);
    case 'creator':
    case 'reporter': {
      const person = /^currentUser\(\)$/i.test(value) ? state.account : personOf(state, value);
      return (issue) => issue[field] === person?.email;
    }
    case 'issuetype':
      return (issue) => issue.issueType.toLowerCase() === value.toLowerCase();
    case 'key':
    case 'issuekey':
      if (isStrict && state.findIssue(value) === undefined) {
        throw new JiraFailure(400, `An issue with key '${value}' does not exist for field '${rawField}'.`);
      }
      return (issue) => issue === state.findIssue(value);
    default:
      throw new JiraFailure(400, `Field '${rawField}' does not exist or you do not have permission to view it.`);
  }
}

function personOf({ people, dialect: { personKey } }: JiraState, value: string): JiraPerson | undefined {
  return people.find((person) => person[personKey] === value);
}

function toDateTest(state: JiraState, operator: string, value: string): Test {
  const limit = readDate(value, state);
  switch (operator) {
    case '>=':
      return (issue) => issue.createdAt >= limit;
    case '>':
      return (issue) => issue.createdAt > limit;
    case '<=':
      return (issue) => issue.createdAt <= limit;
    case '<':
      return (issue) => issue.createdAt < limit;
    default:
      throw new JiraFailure(400, `The operator '${operator}' is not supported by the 'created' field.`);
  }
}

/** `-5m`, `-2h`, `-1d`, `-1w`, or a date in minutes at most, in the account's own time zone. */
function readDate(value: string, { account: { timeZone }, now }: JiraState): number {
  const relative = /^(-?\d+)([mhdw])$/.exec(value);
  if (relative !== null) {
    const unit = { m: 60, h: 3600, d: 86_400, w: 604_800 }[relative[2] ?? ''] ?? 0;
    return now() + Number(relative[1]) * unit * 1000;
  }
  const absolute = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d{2}))?$/.exec(value);
  if (absolute === null) {
    throw new JiraFailure(
      400,
      `Date value '${value}' for field 'created' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
    );
  }
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = absolute.slice(1).map((part) => Number(part ?? 0));
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  return asUtc - zoneOffset(asUtc - zoneOffset(asUtc, timeZone), timeZone);
}

/** How far the zone is ahead of UTC at this moment, in milliseconds. */
function zoneOffset(moment: number, timeZone: string): number {
  const shown = new Date(moment).toLocaleString('sv-SE', { timeZone });
  return Date.parse(`${shown.replace(' ', 'T')}Z`) - Math.floor(moment / 1000) * 1000;
}

function unquote(value: string): string {
  return /^["']/.test(value) ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value;
}

function toOrder(order: string): Order {
  if (order === '') return (one, other) => other.createdAt - one.createdAt || Number(other.id) - Number(one.id);
  const [, field = '', direction = 'asc'] = /^(created|key|issuekey)(?:\s+(asc|desc))?$/i.exec(order) ?? [];
  if (field === '') throw new JiraFailure(400, `Not able to sort using field '${order}'.`);
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1;
  if (field.toLowerCase() === 'created') {
    return (one, other) => sign * (one.createdAt - other.createdAt || Number(one.id) - Number(other.id));
  }
  return (one, other) => sign * (Number(one.id) - Number(other.id));
}
