import { AppError } from '../../shared/errors.ts';
import { jiraLogin } from '../../shared/jira-login.ts';
import type { SettingName, Settings } from '../../shared/settings.ts';
import { createCloudApi } from './cloud-api.ts';
import { createHttpClient, type HttpClientOptions } from './http-client.ts';
import type { JiraApi } from './jira-api.ts';

/** What of the settings leads into a Jira. */
export type JiraAccess = Pick<Settings['jira'], 'deployment' | 'baseUrl' | 'email' | 'apiToken'>;

/** How requests are made, where not in the ordinary way. */
export interface JiraConnection extends Pick<HttpClientOptions, 'send' | 'timeoutMs' | 'dispatcher'> {
  /** Why an address may not be reached; null where it may. */
  refusal?: (address: string) => AppError | null;
}

/**
 * The Jira that these settings lead into, in its dialect; nothing is sent yet. Throws `not_configured` where they lead
 * into none, and what `refusal` gives.
 */
export function openJira(access: JiraAccess, { refusal, ...connection }: JiraConnection = {}): JiraApi {
  const { deployment, baseUrl, email, apiToken } = access;
  if (deployment === 'datacenter' || baseUrl === null || email === null || apiToken === null) throw notSetUp(access);
  const refused = refusal?.(baseUrl) ?? null;
  if (refused !== null) throw refused;
  const authorization = `Basic ${Buffer.from(`${email}:${apiToken}`, 'utf8').toString('base64')}`;
  return createCloudApi(
    baseUrl,
    createHttpClient({ ...connection, baseUrl, authorization, login: 'Check JIRA_EMAIL and JIRA_API_TOKEN.' }),
  );
}

/** Why these settings lead into no Jira. `project`: where one is needed, the one that they name. */
export function notSetUp(access: JiraAccess, project?: string | null): AppError {
  const { deployment, baseUrl, email, apiToken } = access;
  const values: Partial<Record<SettingName, string | null>> = {
    JIRA_DEPLOYMENT: deployment,
    JIRA_BASE_URL: baseUrl,
    JIRA_EMAIL: email,
    JIRA_API_TOKEN: apiToken,
    ...(project === undefined ? {} : { JIRA_PROJECT_KEY: project }),
  };
  const { needs } = jiraLogin((name) => values[name]);
  if (deployment === 'datacenter') {
    return new AppError(
      'not_configured',
      'Jira Data Center is not supported yet. Set JIRA_DEPLOYMENT to cloud, or remove it.',
    );
  }
  const needed: SettingName[] = [...needs.map(({ name }) => name), 'JIRA_PROJECT_KEY'];
  const missing = needed.filter((name) => values[name] === null);
  return new AppError('not_configured', `Jira is not set up. Set ${missing.join(', ')}.`);
}

/** What to say of a Data Center that is taken for Jira Cloud. */
export function describeDataCenter(baseUrl: string): string {
  return `${baseUrl} is a Jira Data Center, which is not supported yet.`;
}
