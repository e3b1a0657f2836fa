import { delimiter } from 'node:path';
import { expect, it } from 'vitest';
import { resolveSettings } from '../../../electron/settings/resolve-settings.ts';
import { settingsView } from '../../../electron/settings/settings-view.ts';
import { settingNames } from '../../../shared/settings.ts';
import { settingsViewSchema } from '../../../shared/settings-view.ts';

function view(saved: Record<string, unknown> = {}, environment: Record<string, unknown> = {}) {
  const layers = [
    { origin: 'settings.json', source: 'settings.json', values: saved } as const,
    { origin: 'environment', source: 'environment', values: environment } as const,
  ];
  const loaded = resolveSettings(layers, { dataDir: '/data', cwd: '/here', exists: () => false });
  return settingsViewSchema.parse(settingsView(loaded, { protection: 'keychain', trustsFormerToken: false }));
}
const find = (shown: ReturnType<typeof view>, wanted: string) => shown.settings.find(({ name }) => name === wanted);

it('gives every setting, in order', () => {
  expect(view().settings.map(({ name }) => name)).toEqual([...settingNames]);
});

it('shows behaviour as text, with its defaults', () => {
  const shown = view({ DELETE_TEXTS_AFTER_DAYS: '90' }, { START_AT_LOGIN: 'yes' });
  expect(find(shown, 'NOTIFY_ATTENTION')).toMatchObject({ value: 'true', isSet: false, isFixed: false });
  expect(find(shown, 'START_AT_LOGIN')).toMatchObject({ value: 'true', isSet: true, isFixed: true });
  expect(find(shown, 'DELETE_TEXTS_AFTER_DAYS')).toMatchObject({ value: '90', isSet: true, isFixed: false });
  expect(find(shown, 'DELETE_TICKETS_AFTER_DAYS')).toMatchObject({ value: null, isSet: false });
});

it('shows the issue type of every label', () => {
  expect(view({ label_to_issue_type: { Bug: 'Defect' } }).maps.label_to_issue_type).toEqual({
    Task: 'Task',
    Bug: 'Defect',
    Incident: 'Incident',
    'Feature Request': 'Task',
    Question: 'Question',
  });
});

it('lets nothing change where Slack’s API is', () => {
  expect(find(view(), 'SLACK_API_URL')).toMatchObject({ origin: 'default', isFixed: true });
});

it('shows folders and projects as they are typed', () => {
  const shown = view({ MODEL_FOLDERS: '/one\n/two', STATUS_PROJECTS: ['ops', 'web'] });
  expect(find(shown, 'MODEL_FOLDERS')).toMatchObject({ value: ['/one', '/two'].join(delimiter) });
  expect(find(shown, 'STATUS_PROJECTS')).toMatchObject({ value: 'OPS, WEB' });
  expect(find(view(), 'MODEL_FOLDERS')).toMatchObject({ value: null, isSet: false });
});

it('never shows a secret', () => {
  const secrets = { SLACK_BOT_TOKEN: 'xoxb-secret', JIRA_API_TOKEN: 'secret', OPENAI_API_KEY: 'sk-secret' };
  const shown = view(secrets);
  expect(JSON.stringify(shown)).not.toContain('secret"');
  expect(find(shown, 'JIRA_API_TOKEN')).toMatchObject({ value: null, isSet: true, isSecret: true });
});
