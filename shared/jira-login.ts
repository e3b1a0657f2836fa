import type { SettingName } from './settings.ts';

/** A setting that a login takes, as the window asks for it. */
export interface LoginNeed {
  name: SettingName;
  label: string;
  placeholder?: string;
  help?: string;
  inputMode?: 'url' | 'email';
  isSecret?: boolean;
  /** What to enter, or where to get it. */
  source: string;
}

export interface JiraLogin {
  needs: readonly LoginNeed[];
  /** Why nothing can be filed in such a Jira, as a sentence without its full stop; null where it can. */
  obstacle: string | null;
}

const cloud: JiraLogin = {
  needs: [
    {
      name: 'JIRA_BASE_URL',
      label: 'Address of your site',
      placeholder: 'https://your-team.atlassian.net',
      help: 'Jira Cloud. Jira Data Center is not supported yet.',
      inputMode: 'url',
      source: 'Enter the address of your Jira site, such as https://your-team.atlassian.net.',
    },
    {
      name: 'JIRA_EMAIL',
      label: 'Email of the Atlassian account',
      placeholder: 'helpdesk@your-team.example',
      inputMode: 'email',
      source: 'Enter the email address of the Atlassian account that creates the issues.',
    },
    {
      name: 'JIRA_API_TOKEN',
      label: 'API token',
      help: 'Made by that account at id.atlassian.com, Security, API tokens. It ends after a year at the latest.',
      isSecret: true,
      source: 'Create one at id.atlassian.com under Security > API tokens.',
    },
  ],
  obstacle: null,
};

/** A personal access token stands for its account. */
const dataCenter: JiraLogin = {
  needs: [
    {
      name: 'JIRA_BASE_URL',
      label: 'Address of your Jira',
      placeholder: 'https://jira.example.com',
      inputMode: 'url',
      source: 'Enter the address of your Jira, such as https://jira.example.com.',
    },
    {
      name: 'JIRA_API_TOKEN',
      label: 'Personal access token',
      isSecret: true,
      source: 'Create one in Jira under Profile > Personal Access Tokens.',
    },
  ],
  obstacle: 'Jira Data Center is not supported yet',
};

/** What a login takes to the Jira that the settings name. `settingOf`: what a setting says, saved or only typed. */
export function jiraLogin(settingOf: (name: SettingName) => unknown): JiraLogin {
  return settingOf('JIRA_DEPLOYMENT') === 'datacenter' ? dataCenter : cloud;
}
