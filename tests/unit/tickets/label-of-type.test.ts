import { expect, it } from 'vitest';
import { isRenamed, labelOfType } from '../../../electron/tickets/merge-remote.ts';
import type { Label } from '../../../shared/labels.ts';
import { defaultLabelToIssueType } from '../../../shared/settings-table.ts';

const type = (issueType: string, issueTypeId: string | null = null) => ({ issueType, issueTypeId });

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
  expect(labelOfType(type(issueType), current, defaultLabelToIssueType)).toBe(label);
});

it('goes by what the settings say first', () => {
  const configured = { ...defaultLabelToIssueType, Incident: 'Fehler', Bug: '10004' };
  expect(labelOfType(type('Fehler'), 'Bug', configured)).toBe('Incident');
  expect(labelOfType(type('Bug'), 'Incident', configured)).toBeNull();
  expect(labelOfType(type('Defect'), 'Task', { ...configured, Incident: 'Panne' })).toBe('Bug');
});

it('knows a type by the id that the settings name', () => {
  const configured = { ...defaultLabelToIssueType, Incident: ' 10100 ' };
  expect(labelOfType(type('Panne', '10100'), 'Bug', configured)).toBe('Incident');
  expect(labelOfType(type('Panne', '10100'), 'Incident', configured)).toBeNull();
  expect(labelOfType(type('Panne', null), 'Question', configured)).toBe('Incident');
  expect(labelOfType(type('Pannenhilfe', null), 'Question', configured)).toBeNull();
});

it.each<[string, string, boolean]>([
  ['Task', 'Aufgabe', true],
  ['Aufgabe', 'Task', true],
  ['task', 'Task', true],
  ['Task', 'Request', true],
  ['[System] Incident', 'Störung', true],
  ['Task', 'Bug', false],
  ['Task', 'Fehler', false],
  ['Task', 'Widget', false],
])('a type %s that is now called %s is the same one: %s', (before, now, isSame) => {
  expect(isRenamed(before, type(now), 'Question', defaultLabelToIssueType)).toBe(isSame);
});

it('takes two types of one kind for two where the settings do', () => {
  const byName = { ...defaultLabelToIssueType, Question: 'Service Request' };
  expect(isRenamed('Task', type('Service Request'), 'Task', byName)).toBe(false);
  expect(isRenamed('Aufgabe', type('Task'), 'Question', byName)).toBe(true);
  const byId = { ...defaultLabelToIssueType, Task: '10001', Question: '10002' };
  expect(isRenamed('Task', type('Service Request', '10002'), 'Task', byId)).toBe(false);
  expect(isRenamed('Task', type('Aufgabe', '10009'), 'Task', byId)).toBe(true);
});
