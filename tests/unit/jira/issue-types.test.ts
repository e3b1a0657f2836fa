import { describe, expect, it } from 'vitest';
import type { IssueType } from '../../../electron/jira/api/jira-api.ts';
import {
  chooseIssueType,
  describeTypes,
  keptTypeNote,
  usableTypes,
} from '../../../electron/jira/fields/issue-types.ts';

const type = (name: string, change: Partial<IssueType> = {}): IssueType => {
  return { id: `id of ${name}`, name, untranslatedName: null, standard: true, subtask: false, ...change };
};
const epic = { standard: false };
const subtask = { standard: false, subtask: true };
const choose = (names: (string | IssueType)[], wanted: string) =>
  chooseIssueType(
    names.map((each) => (typeof each === 'string' ? type(each) : each)),
    wanted,
  );

describe('a type is found', () => {
  it.each<[string, (string | IssueType)[], string, string, string | null]>([
    ['by its id', ['10004', type('Defekt', { id: '10004' })], '10004', 'Defekt', 'by its id 10004'],
    ['by its name', ['Task', 'Fault'], 'Fault', 'Fault', null],
    ['by its name to the letter first', ['BUG', 'Bug'], 'Bug', 'Bug', null],
    ['by its name in any case', ['Task', 'BUG'], ' bug ', 'BUG', null],
    ['by its name without accents', ['Tâche maison'], 'tache MAISON', 'Tâche maison', null],
    [
      'by Jira’s own name',
      ['Task', type('Ärger', { untranslatedName: 'Bug' })],
      'Bug',
      'Ärger',
      'Bug in Jira’s own words',
    ],
    ['by what it means in German', ['Aufgabe', 'Fehler', 'Story'], 'Bug', 'Fehler', 'German for Bug'],
    ['by what it means in French', ['Tâche', 'Bogue'], 'Bug', 'Bogue', 'French for Bug'],
    ['though it is no label', ['Tâche', 'Épopée', 'Récit'], 'Story', 'Récit', 'French for Story'],
    [
      'though it is no label, in Jira Service Management',
      ['[System] Serviceanfrage', '[System] Änderung'],
      'Change',
      '[System] Änderung',
      'as Jira Service Management calls it',
    ],
    ['in English, where another language is asked for', ['Task', 'Bug'], 'Fehler', 'Bug', 'English for Fehler'],
    ['by another name', ['Task', 'New Feature'], 'Feature Request', 'New Feature', 'another name for Feature Request'],
    ['the likeliest one first', ['Anomalie', 'Bogue'], 'Bug', 'Bogue', 'French for Bug'],
    [
      'by a kind that only Jira’s own name tells',
      ['Task', type('Wunsch', { untranslatedName: 'New Feature' })],
      'Feature Request',
      'Wunsch',
      'another name for Feature Request',
    ],
    [
      'among Jira Service Management’s',
      ['[System] Service request', '[System] Incident'],
      'Incident',
      '[System] Incident',
      'as Jira Service Management calls it',
    ],
    [
      'in its own language there',
      ['[Système] Panne'],
      'Incident',
      '[Système] Panne',
      'as Jira Service Management calls it',
    ],
  ])('%s', (_, types, wanted, name, reason) => {
    expect(choose(types, wanted)).toMatchObject({ name, reason, note: null });
  });

  it.each([
    ['Task', 'Task'],
    ['Aufgabe', 'an Aufgabe'],
    ['[System] Service request', 'a [System] Service request'],
  ])('as the project’s %s where the wanted one is missing, and says so', (name, words) => {
    const choice = choose(['Story', name], 'Incident');
    expect(choice?.name).toBe(name);
    expect(choice?.note).toBe(`The project has no type Incident, so this is ${words === 'Task' ? 'a Task' : words}.`);
  });
});

describe('no type is guessed', () => {
  it('where the project has neither the wanted one nor a Task', () => {
    expect(choose(['Story', 'Change'], 'Bug')).toBeNull();
    expect(describeTypes([type('Story'), type('Change'), type('Epic', epic)], 'Bug')).toBe(
      'The project has no type Bug and no Task, but Story, Change.',
    );
  });

  it('and each type is named once', () => {
    const types = [type('Story'), type('Epic', epic)];
    expect(describeTypes(types, 'task')).toBe('The project has no type task, but Story.');
    expect(describeTypes(types, 'Epic')).toBe(
      'Epic holds other issues and is no type for a ticket, and the project has no Task, but Story.',
    );
  });

  it('and an issue that keeps its type says why', () => {
    const kept = { key: 'KAN-1', type: 'Incident' };
    expect(keptTypeNote([], 'Bug', kept)).toBe('The project has no type Bug, so KAN-1 stays an Incident.');
    expect(keptTypeNote([type('Epic', epic)], 'Epic', kept)).toMatch(/^Epic holds other .*, so KAN-1 stays an Inc/);
  });

  it.each([
    ['sub-task', type('Bug', subtask)],
    ['epic, by its level', type('Bug', epic)],
    ['epic, by its name on a Data Center, which tells no levels', type('Epic')],
    ['epic in another language', type('エピック')],
    ['epic whose name is another', type('Vorhaben', { untranslatedName: 'Epic' })],
  ])('and never a %s', (_, unusable) => {
    expect(usableTypes([unusable])).toEqual([]);
    expect(choose([unusable], unusable.name)).toBeNull();
    expect(choose([unusable, 'Task'], unusable.name)?.note).toBe(
      unusable.subtask
        ? 'The project has no type Bug, so this is a Task.'
        : `${unusable.name} holds other issues and is no type for a ticket, so this is a Task.`,
    );
  });

  it('says so where there are only such', () => {
    expect(describeTypes([type('Bug', subtask)], 'Bug')).toContain('sub-tasks and epics only');
    expect(describeTypes([], 'Bug')).toContain('no types');
  });
});
