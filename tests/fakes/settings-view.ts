import { areMaps, type SettingName } from '../../shared/settings.ts';
import { mapRows, settingRows } from '../../shared/settings-table.ts';
import type { JiraFound, JiraTypes, OwnerView, SettingsView, SettingView } from '../../shared/settings-view.ts';

function defaultMaps(): SettingsView['maps'] {
  const maps = Object.fromEntries(mapRows.map((row) => [row.name, row.default]));
  if (!areMaps(maps)) throw new Error('A map has no default.');
  return maps;
}

/** Settings as main gives them where nothing is set but what `over` says. */
export function settingsView(
  over: Partial<Record<SettingName, Partial<SettingView>>> = {},
  rest: Partial<Omit<SettingsView, 'settings'>> = {},
): SettingsView {
  return {
    settings: settingRows.map(({ name, form, secret, window }) => ({
      name,
      // No list has a default.
      value: form.default === null || Array.isArray(form.default) ? null : String(form.default),
      isSet: false,
      isSecret: secret !== null,
      origin: 'default',
      isFixed: window === 'never',
      refusal: null,
      ...over[name],
    })),
    maps: defaultMaps(),
    entryPlaces: { label_to_issue_type: {}, jira_default_fields: {}, channels: {} },
    problems: [],
    protection: 'keychain',
    trustsFormerToken: false,
    ...rest,
  };
}

/** Saved in the window; without a value, a secret. */
export const saved = (value: string | null = null): Partial<SettingView> => ({
  value,
  isSet: true,
  origin: 'settings.json',
});

/** Set where the window may not change it; without a value, a secret. */
export const fixed = (
  origin: 'environment' | '.env' | 'DATA/.env',
  value: string | null = null,
): Partial<SettingView> => ({
  value,
  isSet: true,
  origin,
  isFixed: true,
});

export const jiraSaved = {
  JIRA_BASE_URL: saved('https://acme.atlassian.net'),
  JIRA_EMAIL: saved('helpdesk@acme.example'),
  JIRA_API_TOKEN: saved(),
  JIRA_PROJECT_KEY: saved('KAN'),
};

export const jiraTypes: JiraTypes = {
  types: ['Task', 'Bug'],
  preview: {
    Task: { issueType: 'Task', reason: null, note: null },
    Bug: { issueType: 'Bug', reason: null, note: null },
    Incident: { issueType: 'Bug', reason: null, note: 'The project has no type Incident, so this is a Bug.' },
    'Feature Request': { issueType: 'Task', reason: null, note: null },
    Question: { issueType: 'Task', reason: null, note: 'The project has no type Question, so this is a Task.' },
  },
};

/** What main answers where a Jira Cloud does, or a Data Center. */
export const cloudFound: JiraFound = {
  deployment: 'cloud',
  finding: { level: 'ok', message: 'This is Jira Cloud.' },
  needsPerson: false,
};
export const dataCenterFound: JiraFound = {
  deployment: 'datacenter',
  finding: { level: 'ok', message: 'Found Jira Data Center 9.12.4 at jira.example.com.' },
  needsPerson: false,
};

export const nobody: OwnerView = { owner: null, pending: null, candidates: [] };
