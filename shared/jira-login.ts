import { z } from 'zod';
import { isAtlassianCloud, jiraAddressExample, readJiraAddress } from './jira-address.ts';
import { accessTokenLabel, settingLabels } from './setting-labels.ts';
import type { SettingName } from './settings.ts';

export const jiraDeployments = ['cloud', 'datacenter'] as const;
export const jiraDeploymentSchema = z.enum(jiraDeployments);
export type JiraDeployment = z.infer<typeof jiraDeploymentSchema>;

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
  /** null where nobody knows which Jira it is. */
  deployment: JiraDeployment | null;
  /** What nobody can sign in without, whichever Jira it may be. */
  needs: readonly LoginNeed[];
  /** What is asked for: more than is needed where it is not known which Jira it is. */
  fields: readonly LoginNeed[];
}

const address: LoginNeed = {
  name: 'JIRA_BASE_URL',
  label: settingLabels.JIRA_BASE_URL,
  placeholder: jiraAddressExample,
  help: 'Any page of your Jira will do: copy its address from the browser.',
  inputMode: 'url',
  source: `Enter the address of your Jira, such as ${jiraAddressExample} or https://jira.example.com.`,
};

const email: LoginNeed = {
  name: 'JIRA_EMAIL',
  label: settingLabels.JIRA_EMAIL,
  placeholder: 'helpdesk@your-team.example',
  inputMode: 'email',
  source: 'Enter the email address of the Atlassian account that creates the issues.',
};

const apiToken: LoginNeed = {
  name: 'JIRA_API_TOKEN',
  label: settingLabels.JIRA_API_TOKEN,
  help: 'Made by that account at id.atlassian.com, Security, API tokens. It ends after a year at the latest.',
  isSecret: true,
  source: 'Create one at id.atlassian.com under Security > API tokens.',
};

/** A token that stands for its account, so no email goes with it. */
const accessToken: LoginNeed = {
  name: 'JIRA_API_TOKEN',
  label: accessTokenLabel,
  help: 'Made in Jira by the account that creates the issues: Profile, Personal Access Tokens, Create token.',
  isSecret: true,
  source: 'Create one in Jira under Profile > Personal Access Tokens.',
};

const eitherToken: LoginNeed = {
  ...apiToken,
  help: 'The API token of an Atlassian account, or a personal access token of Jira Data Center.',
  source:
    'Create one: for Jira Cloud at id.atlassian.com under Security > API tokens, for Data Center in Jira under Profile > Personal Access Tokens.',
};

const logins: Record<JiraDeployment | 'unknown', Pick<JiraLogin, 'needs' | 'fields'>> = {
  cloud: both([address, email, apiToken]),
  datacenter: both([address, accessToken]),
  unknown: {
    needs: [address, eitherToken],
    fields: [address, { ...email, help: 'For Jira Cloud only.' }, eitherToken],
  },
};

function both(fields: readonly LoginNeed[]): Pick<JiraLogin, 'needs' | 'fields'> {
  return { needs: fields, fields };
}

/**
 * What a login takes to the Jira that the settings name. `settingOf`: what a setting says, saved or only typed. `detected`:
 * what was found out about its address, where that was asked.
 */
export function jiraLogin(
  settingOf: (name: SettingName) => unknown,
  detected: JiraDeployment | null = null,
): JiraLogin {
  const deployment = deploymentOf(settingOf) ?? detected;
  return { deployment, ...logins[deployment ?? 'unknown'] };
}

/** Which Jira it is without asking it: as JIRA_DEPLOYMENT says, or by an address of Atlassian's. */
function deploymentOf(settingOf: (name: SettingName) => unknown): JiraDeployment | null {
  const said = jiraDeploymentSchema.safeParse(settingOf('JIRA_DEPLOYMENT'));
  if (said.success) return said.data;
  const given = settingOf('JIRA_BASE_URL');
  const { base } = readJiraAddress(typeof given === 'string' ? given : '');
  return base !== null && isAtlassianCloud(base) ? 'cloud' : null;
}

const tokensTab = 'com.atlassian.pats.pats-plugin:jira-user-personal-access-tokens';

/** Where a Data Center makes personal access tokens. */
export function accessTokensPage(base: string): string {
  return `${base}/secure/ViewProfile.jspa?selectedTab=${tokensTab}`;
}
