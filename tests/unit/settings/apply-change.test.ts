import { expect, it } from 'vitest';
import { applyChange } from '../../../electron/settings/apply-change.ts';

it('lays the change over what is saved and forgets what is emptied', () => {
  const saved = { JIRA_EMAIL: 'a@example.com', JIRA_PROJECT_KEY: 'KAN', desk_owner: { user: 'U1' } };
  expect(applyChange(saved, { JIRA_PROJECT_KEY: 'OPS', JIRA_EMAIL: ' ' })).toEqual({
    JIRA_PROJECT_KEY: 'OPS',
    desk_owner: { user: 'U1' },
  });
  expect(saved.JIRA_PROJECT_KEY).toBe('KAN');
});

it('keeps the issue types of labels that the change does not name', () => {
  const saved = { label_to_issue_type: { Bug: 'Defect', Task: 'Chore' } };
  expect(applyChange(saved, { label_to_issue_type: { Task: '', Incident: 'Outage' } })).toEqual({
    label_to_issue_type: { Bug: 'Defect', Incident: 'Outage' },
  });
});

it('forgets the map when its last entry is emptied', () => {
  expect(applyChange({ label_to_issue_type: { Bug: 'Defect' } }, { label_to_issue_type: { Bug: '' } })).toEqual({});
});

it.each(['damaged', ['x'], 7])('does not build on a damaged map: %j', (damaged) => {
  const change = { label_to_issue_type: { Bug: 'Defect' } };
  expect(applyChange({ label_to_issue_type: damaged }, change)).toEqual(change);
});
