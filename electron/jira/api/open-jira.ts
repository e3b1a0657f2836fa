import { AppError } from '../../../shared/errors.ts';
import { isAtlassianCloud } from '../../../shared/jira-address.ts';
import { type JiraDeployment, jiraLogin } from '../../../shared/jira-login.ts';
import type { SettingName, Settings } from '../../../shared/settings.ts';
import { createCloudApi } from './cloud-api.ts';
import { createDataCenterApi } from './datacenter-api.ts';
import { createDetection, type Detection } from './detection.ts';
import { createHttpClient, type HttpClientOptions, type SendRequest } from './http-client.ts';
import type { JiraApi } from './jira-api.ts';
import { createLateApi } from './late-api.ts';

/** What of the settings leads into a Jira. */
export type JiraAccess = Pick<Settings['jira'], 'deployment' | 'baseUrl' | 'email' | 'apiToken'>;

/** How requests are made, where not in the ordinary way. */
export interface JiraConnection extends Pick<HttpClientOptions, 'send' | 'timeoutMs' | 'dispatcher'> {
  /** Why an address may not be reached; null where it may. */
  refusal?: (address: string) => AppError | null;
  /** Which Jira answers there, where somebody else asks that, too. */
  detection?: Detection;
  /** Has the request for that made, where not as all others. */
  sendDetection?: SendRequest;
}

/**
 * The Jira that these settings lead into, in its dialect; nothing is sent yet. Where nothing says which Jira it is, its
 * methods find out first, and throw what `detectJira` throws. Throws `not_configured` where the settings lead into none,
 * and what `refusal` gives.
 */
export function openJira(access: JiraAccess, connection: JiraConnection = {}): JiraApi {
  const { baseUrl, apiToken } = access;
  if (baseUrl === null || apiToken === null) throw notSetUp(access);
  const refused = connection.refusal?.(baseUrl) ?? null;
  if (refused !== null) throw refused;
  const open = (deployment: JiraDeployment) => openAs(deployment, { ...access, baseUrl, apiToken }, connection);
  const known = access.deployment ?? (isAtlassianCloud(baseUrl) ? 'cloud' : null);
  if (known !== null) return open(known);
  const detection = connection.detection ?? createDetection(baseUrl, connection);
  const send = connection.sendDetection ?? connection.send;
  let api: JiraApi | null = null;
  return createLateApi(baseUrl, async () => {
    const { deployment } = await detection.find(send);
    api ??= open(deployment);
    return api;
  });
}

function openAs(
  deployment: JiraDeployment,
  { email, ...access }: JiraAccess & { baseUrl: string; apiToken: string },
  { send, timeoutMs, dispatcher }: JiraConnection,
): JiraApi {
  const { baseUrl, apiToken } = access;
  const clientFor = (authorization: string, login: string) =>
    createHttpClient({ baseUrl, authorization, login, send, timeoutMs, dispatcher });
  if (deployment === 'datacenter') return createDataCenterApi(baseUrl, clientFor(`Bearer ${apiToken}`, checkPat));
  if (email === null) throw notSetUp({ ...access, email, deployment });
  const basic = Buffer.from(`${email}:${apiToken}`, 'utf8').toString('base64');
  return createCloudApi(baseUrl, clientFor(`Basic ${basic}`, 'Check JIRA_EMAIL and JIRA_API_TOKEN.'));
}

const checkPat =
  'Check JIRA_API_TOKEN: it must be a personal access token of this Jira, and may have expired or been revoked, or an ' +
  'administrator may have turned such tokens off. Make a new one in Jira under Profile > Personal Access Tokens.';

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
  const needed: SettingName[] = [...needs.map(({ name }) => name), 'JIRA_PROJECT_KEY'];
  const missing = needed.filter((name) => values[name] === null).join(', ');
  // Which Jira it will be is not known before there is an address.
  const besides =
    baseUrl === null && deployment === null && email === null ? '; for Jira Cloud JIRA_EMAIL as well' : '';
  return new AppError('not_configured', `Jira is not set up. Set ${missing}${besides}.`);
}
