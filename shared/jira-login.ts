import type { SettingName } from './settings.ts';

export interface LoginNeed {
  name: SettingName;
  /** What to enter, or where to get it. */
  source: string;
}

const cloud: readonly LoginNeed[] = [
  { name: 'JIRA_BASE_URL', source: 'Enter the address of your Jira site, such as https://your-team.atlassian.net.' },
  { name: 'JIRA_EMAIL', source: 'Enter the email address of the Atlassian account that creates the issues.' },
  { name: 'JIRA_API_TOKEN', source: 'Create one at id.atlassian.com under Security > API tokens.' },
];
/** A personal access token stands for its account. */
const dataCenter: readonly LoginNeed[] = [
  { name: 'JIRA_BASE_URL', source: 'Enter the address of your Jira, such as https://jira.example.com.' },
  { name: 'JIRA_API_TOKEN', source: 'Create one in Jira under Profile > Personal Access Tokens.' },
];

/** Settings that a login takes to the Jira that the settings name. `settingOf`: what a setting says, saved or only typed. */
export function jiraLogin(settingOf: (name: SettingName) => unknown): readonly LoginNeed[] {
  return settingOf('JIRA_DEPLOYMENT') === 'datacenter' ? dataCenter : cloud;
}
