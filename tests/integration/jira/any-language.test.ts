import { afterEach, describe, expect, it } from 'vitest';
import type { IssueDraft } from '../../../electron/tickets/ports/issue-tracker.ts';
import { keysOf } from '../../../shared/keys-of.ts';
import type { Label } from '../../../shared/labels.ts';
import { defaultLabelToIssueType } from '../../../shared/settings-table.ts';
import type { JiraDeployment } from '../../../stand-ins/jira/make.ts';
import { createJiraSite, type JiraSite } from '../../../stand-ins/jira/site.ts';
import { expectDocumented } from '../../contract/documented-requests.ts';
import { draft } from '../../unit/jira/draft.ts';
import { trackerFor } from './scripted-jira.ts';

/** What each label becomes in a project with these types; a note where it is not that. */
const projects: Record<string, { types: string[]; becomes: Record<Label, string>; noted: Label[] }> = {
  German: {
    types: ['Epic', 'Story', 'Aufgabe', 'Fehler', 'Vorfall', 'Frage', 'Verbesserung'],
    becomes: {
      Task: 'Aufgabe',
      Bug: 'Fehler',
      Incident: 'Vorfall',
      // As the settings say: Feature Request becomes a Task.
      'Feature Request': 'Aufgabe',
      Question: 'Frage',
    },
    noted: [],
  },
  French: {
    types: ['Épopée', 'Récit', 'Tâche', 'Bogue'],
    becomes: { Task: 'Tâche', Bug: 'Bogue', Incident: 'Tâche', 'Feature Request': 'Tâche', Question: 'Tâche' },
    noted: ['Incident', 'Question'],
  },
  'Service Management': {
    types: ['[System] Change', '[System] Incident', '[System] Problem', '[System] Service request'],
    becomes: {
      Task: '[System] Service request',
      Bug: '[System] Service request',
      Incident: '[System] Incident',
      'Feature Request': '[System] Service request',
      Question: '[System] Service request',
    },
    noted: ['Bug', 'Question'],
  },
  Japanese: {
    types: ['エピック', 'ストーリー', 'タスク', 'バグ', 'インシデント', '質問'],
    becomes: { Task: 'タスク', Bug: 'バグ', Incident: 'インシデント', 'Feature Request': 'タスク', Question: '質問' },
    noted: [],
  },
};

describe.each<[string, JiraDeployment]>([
  ['Cloud', {}],
  ['Data Center', { deployment: 'datacenter' }],
])('%s', (_, make) => {
  let site: JiraSite;
  afterEach(() => site.close());
  async function start(issueTypes: string[]) {
    site = await createJiraSite({ ...make, projects: [{ key: 'KAN', issueTypes }] });
    return trackerFor(site.baseUrl, { deployment: site.deployment, email: site.email, apiToken: site.apiToken });
  }
  const ticket = (label: Label, change: Partial<IssueDraft> = {}) =>
    draft({ classification: { ...draft().classification, label }, requestId: label.padEnd(32, 'x'), ...change });

  it.each(Object.entries(projects))('files every kind of ticket in a project in %s', async (_language, project) => {
    const tracker = await start(project.types);
    for (const label of keysOf(project.becomes)) {
      const issueType = project.becomes[label];
      const { note, ...created } = await tracker.createIssue(ticket(label));
      expect([label, created.issueType, note !== null]).toEqual([label, issueType, project.noted.includes(label)]);
    }
    expect(site.issues.map(({ issueType }) => issueType)).toEqual(Object.values(project.becomes));
    expectDocumented(site, ...site.requests);
  });

  it('gives a corrected issue the type that means the label', async () => {
    const tracker = await start(['Aufgabe', 'Fehler', 'Vorfall']);
    const { requestId } = ticket('Bug');
    const { key } = await tracker.createIssue(ticket('Bug'));
    const word = { requestId, from: 'Bug', by: 'U2', at: '2026-01-31T10:15:00.000Z', via: 'slack' } as const;
    const corrected = await tracker.relabel(key, { ...word, label: 'Incident' }, defaultLabelToIssueType);
    expect(corrected).toMatchObject({ issueType: 'Vorfall', note: null });
    expect(site.issues[0]?.issueType).toBe('Vorfall');
    expectDocumented(site, ...site.requests);
  });

  it('takes the type of a numeric id', async () => {
    const tracker = await start(['Aufgabe', 'Sonstiges']);
    const id = site.projects[0]?.issueTypes.find(({ name }) => name === 'Sonstiges')?.id ?? '';
    expect(await tracker.createIssue(ticket('Bug', { issueType: id }))).toMatchObject({
      issueType: 'Sonstiges',
      note: null,
    });
  });
});
