import { expect, it } from 'vitest';
import { filterChange, valueAt } from '../../../renderer/features/settings/filter-change.ts';

const change = {
  JIRA_EMAIL: 'ana@example.com',
  JIRA_PROJECT_KEY: 'KAN',
  label_to_issue_type: { Bug: 'Defect', Task: 'Chore' },
  jira_default_fields: ['a list'],
};

it('keeps values and single entries, and no map of which nothing is left', () => {
  const isKept = (_: string, value: unknown) => value !== 'KAN' && value !== 'Chore';
  expect(filterChange(change, isKept)).toEqual({
    JIRA_EMAIL: 'ana@example.com',
    label_to_issue_type: { Bug: 'Defect' },
    jira_default_fields: ['a list'],
  });
  expect(filterChange(change, (name) => name === 'JIRA_EMAIL')).toEqual({ JIRA_EMAIL: 'ana@example.com' });
});

it('asks about each by what stands elsewhere', () => {
  const asked: unknown[] = [];
  filterChange(change, (name, value, key) => asked.push([name, key, valueAt(change, name, key) === value]) > 0);
  expect(asked).toEqual([
    ['JIRA_EMAIL', null, true],
    ['JIRA_PROJECT_KEY', null, true],
    ['label_to_issue_type', 'Bug', true],
    ['label_to_issue_type', 'Task', true],
    ['jira_default_fields', null, true],
  ]);
  expect(valueAt({}, 'label_to_issue_type', 'Bug')).toBeUndefined();
});
