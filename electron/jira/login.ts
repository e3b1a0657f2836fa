import { createCloudApi } from './cloud-api.ts';
import { createHttpClient } from './http-client.ts';
import type { JiraApi } from './jira-api.ts';

/** How to get into a Jira. */
export interface JiraLogin {
  /** Without a trailing slash. */
  baseUrl: string;
  email: string;
  apiToken: string;
}

/** A Jira as this login sees it; nothing is sent yet. */
export function openJira({ baseUrl, email, apiToken }: JiraLogin): JiraApi {
  const authorization = `Basic ${Buffer.from(`${email}:${apiToken}`, 'utf8').toString('base64')}`;
  return createCloudApi(baseUrl, createHttpClient({ baseUrl, authorization }));
}
