import { expect, it } from 'vitest';
import { labelOfType } from '../../../electron/tickets/merge-remote.ts';
import type { Label } from '../../../shared/labels.ts';
import { defaultLabelToIssueType } from '../../../shared/settings-table.ts';

it.each<[string, Label | null, Label | null]>([
  ['Bug', 'Task', 'Bug'],
  ['Fehler', 'Task', 'Bug'],
  ['Bogue', null, 'Bug'],
  ['[System] Incident', 'Bug', 'Incident'],
  ['Vorfall', 'Incident', null],
  ['Aufgabe', 'Bug', 'Task'],
  ['Aufgabe', 'Feature Request', null],
  ['Verbesserung', 'Bug', 'Feature Request'],
  ['Verbesserung', 'Feature Request', null],
  ['Story', 'Bug', null],
])('a type %s of a ticket that is %s makes it %s', (issueType, current, label) => {
  expect(labelOfType(issueType, current, defaultLabelToIssueType)).toBe(label);
});

it('goes by what the settings say first', () => {
  const configured = { ...defaultLabelToIssueType, Incident: 'Fehler', Bug: '10004' };
  expect(labelOfType('Fehler', 'Bug', configured)).toBe('Incident');
  expect(labelOfType('Bug', 'Incident', configured)).toBeNull();
  expect(labelOfType('Defect', 'Task', { ...configured, Incident: 'Panne' })).toBe('Bug');
});
