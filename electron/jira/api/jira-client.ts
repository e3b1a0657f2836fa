import { createCloudClient } from 'jira.js';
import type { Client } from 'jira.js/core';

/** jira.js' functions on a transport of ours. */
export type JiraClient = ReturnType<typeof createCloudClient>;

/** A dialect's way to Jira. */
export interface JiraTransport {
  client: Client;
  jira: JiraClient;
}

export function overCloud(client: Client): JiraTransport {
  return { client, jira: createCloudClient(client) };
}

/**
 * The same for Data Center, which jira.js does not know: what is asked here has the same paths there, but for the version.
 * Its protection against forged forms wants the header with files, and does no harm elsewhere.
 */
export function overDataCenter(client: Client): JiraTransport {
  const versionTwo: Client = {
    sendRequest: ({ url, headers, ...request }) =>
      client.sendRequest({
        ...request,
        url: url.replace(/^\/rest\/api\/3\//, '/rest/api/2/'),
        headers: { ...headers, ...(isWrite(request.method) ? { 'X-Atlassian-Token': 'no-check' } : {}) },
      }),
  };
  return { client: versionTwo, jira: createCloudClient(versionTwo) };
}

function isWrite(method: string | undefined): boolean {
  return method !== undefined && method !== 'GET';
}
