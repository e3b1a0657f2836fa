import type { AnySettingName, SettingName } from './settings.ts';

/** What the window's fields are called, for words that lead people to them. */
export const settingLabels = {
  SLACK_BOT_TOKEN: 'Bot token',
  SLACK_APP_TOKEN: 'App-level token',
  JIRA_BASE_URL: 'Address of your site',
  JIRA_EMAIL: 'Email of the Atlassian account',
  JIRA_API_TOKEN: 'API token',
  JIRA_PROJECT_KEY: 'Project',
  JIRA_DEPLOYMENT: 'Which Jira it is',
  OPENAI_API_KEY: 'API key',
  OPENAI_MODEL: 'Model',
  OPENAI_BASE_URL: 'Base URL',
} as const satisfies Partial<Record<SettingName, string>>;

/** What a Data Center's people call its token. */
export const accessTokenLabel = 'Personal access token';

const labelOf: (name: string) => string | undefined = (name) =>
  Object.entries(settingLabels).find(([each]) => each === name)?.[1];

/** The field's label, in quotation marks; the name of a setting that has no field. */
export function fieldName(name: AnySettingName): string {
  const label = labelOf(name);
  return label === undefined ? name : `“${label}”`;
}

/**
 * Words in which settings are called as the window's fields are. `isFixed`: whether a setting is given by a file or the
 * environment, so that people know it by its name.
 */
export function inFieldWords(
  words: string,
  isFixed: (name: string) => boolean,
  form: 'label' | 'label and name' = 'label',
): string {
  const isOfDataCenter = words.includes('personal access token');
  return words.replace(/\b[A-Z]+_[A-Z_]+\b/g, (name) => {
    if (isFixed(name)) return name;
    const label = name === 'JIRA_API_TOKEN' && isOfDataCenter ? accessTokenLabel : labelOf(name);
    if (label === undefined) return name;
    return form === 'label' ? `“${label}”` : `“${label}” (${name})`;
  });
}
