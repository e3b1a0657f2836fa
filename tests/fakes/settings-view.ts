import { type SettingName, secretNames, settingNames } from '../../shared/settings.ts';
import { defaultLabelToIssueType } from '../../shared/settings-table.ts';
import type { JiraTypes, OwnerView, SettingsView, SettingView } from '../../shared/settings-view.ts';

const defaults: Partial<Record<SettingName, string>> = {
  SLACK_API_URL: 'https://slack.com/api/',
  OPENAI_BASE_URL: 'https://api.openai.com/v1',
  OPENAI_MODEL: 'gpt-4.1-mini',
  OPENAI_ALLOWED: 'false',
  EXTERNAL_MAY_DECIDE: 'false',
  TICKETS_PER_MINUTE: '10',
  START_AT_LOGIN: 'false',
  NOTIFY_ATTENTION: 'true',
  NOTIFY_APPROVAL: 'false',
};

/** Settings as main gives them where nothing is set but what `over` says. */
export function settingsView(
  over: Partial<Record<SettingName, Partial<SettingView>>> = {},
  rest: Partial<Omit<SettingsView, 'settings'>> = {},
): SettingsView {
  return {
    settings: settingNames.map((name) => ({
      name,
      value: defaults[name] ?? null,
      isSet: false,
      isSecret: secretNames.some((secret) => secret === name),
      origin: 'default',
      isFixed: name === 'SLACK_API_URL',
      refusal: null,
      ...over[name],
    })),
    labelToIssueType: defaultLabelToIssueType,
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
    Task: { issueType: 'Task', note: null },
    Bug: { issueType: 'Bug', note: null },
    Incident: { issueType: 'Bug', note: 'The project has no type Incident, so this is a Bug.' },
    'Feature Request': { issueType: 'Task', note: null },
    Question: { issueType: 'Task', note: 'The project has no type Question, so this is a Task.' },
  },
};

export const nobody: OwnerView = { owner: null, pending: null, candidates: [] };
