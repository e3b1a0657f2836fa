import { describe, expect, it } from 'vitest';
import { parseJql } from '../../../../stand-ins/jira/jql.ts';
import { createJiraState } from '../../../../stand-ins/jira/state.ts';

const state = createJiraState({
  timeZone: 'America/New_York',
  projects: [{ key: 'KAN', name: 'Kanban' }, { key: 'OPS' }],
});
const task = { issueType: 'Task', fields: { summary: 'x' } };
state.addIssue({ ...task, projectKey: 'KAN', createdAt: Date.UTC(2026, 0, 15, 12, 0) });
state.addIssue({ ...task, projectKey: 'KAN', createdAt: Date.UTC(2026, 6, 15, 12, 0), fields: { labels: ['a'] } });
state.addIssue({ ...task, projectKey: 'OPS', reporter: 'somebody@example.com' });

function keys(jql: string): string[] {
  const { matches, compare } = parseJql(state, jql, { isBounded: true, isStrict: true });
  return state.issues
    .filter(matches)
    .sort(compare)
    .map(({ key }) => key);
}

describe('JQL', () => {
  it.each([
    ['project = KAN ORDER BY key', ['KAN-1', 'KAN-2']],
    ['project = "Kanban" order by created desc', ['KAN-2', 'KAN-1']],
    ['project = 10001', ['OPS-1']],
    ['labels = a AND project = kan', ['KAN-2']],
    ['reporter = currentUser() AND created >= -1d', []],
    ['created >= -5m', ['OPS-1']],
    ['creator = currentUser() AND project = KAN', ['KAN-2', 'KAN-1']],
    ['creator = currentUser() AND project = OPS', []],
    ['key = ops-1', ['OPS-1']],
    ['key in (KAN-1, "ops-1") ORDER BY key', ['KAN-1', 'OPS-1']],
    ['issuetype in (Task) AND key in (KAN-2)', ['KAN-2']],
  ])('%s', (jql, expected) => {
    expect(keys(jql)).toEqual(expected);
  });

  it("reads dates in the account's time zone, in winter and in summer", () => {
    expect(keys('project = KAN AND created >= "2026-01-15 07:00" AND created < "2026-01-15 07:01"')).toEqual(['KAN-1']);
    expect(keys('project = KAN AND created >= "2026/07/15 08:00" AND created < "2026/07/15 08:01"')).toEqual(['KAN-2']);
  });

  it.each([
    ['order by created', /Unbounded/],
    ['', /Unbounded/],
    ['project = NOPE', /does not exist for the field 'project'/],
    ['issue.property[a].b = 1', /could not be read/],
    ['color = red', /Field 'color' does not exist/],
    ['created >= "2026-01-15T07:00:00Z"', /is invalid/],
    ['project = KAN order by color', /Not able to sort/],
    ['project ~ KAN', /could not be read/],
    ['key in (KAN-1, KAN-9)', /'KAN-9' does not exist/],
    ['key in ()', /could not be read/],
  ])('refuses %j', (jql, message) => {
    expect(() => parseJql(state, jql, { isBounded: true, isStrict: true })).toThrow(message);
  });
});
