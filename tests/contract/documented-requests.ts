import { expect } from 'vitest';
import type { JiraSite } from '../../stand-ins/jira/site.ts';
import type { ReceivedRequest } from '../../stand-ins/loopback-server.ts';
import { hasContracts } from './stand-in-contracts.ts';
import { type JiraContract, openJiraContract } from './stand-in-jira-openapi.ts';

const contracts: { [Deployment in JiraSite['deployment']]?: JiraContract } = {};

/**
 * Fails where a request that the site received is not one that Atlassian's document of its deployment describes: its
 * path, its query, its body, and every Atlassian document in it. Passes where the documents are not here.
 */
export function expectDocumented(
  site: Pick<JiraSite, 'deployment' | 'baseUrl'>,
  ...requests: readonly ReceivedRequest[]
): void {
  if (!hasContracts) return;
  contracts[site.deployment] ??= openJiraContract(site.deployment);
  const contract = contracts[site.deployment];
  const root = new URL(site.baseUrl).pathname;
  for (const { method, path, query, headers, body } of requests) {
    const place = path.slice(root.length);
    // Pages, and the one question of version 2 that Cloud's document of version 3 does not know.
    if (!place.startsWith('/rest/') || place === '/rest/api/2/serverInfo') continue;
    const contentType = headers['content-type']?.split(';')[0];
    const isJson = contentType === 'application/json';
    const sent: unknown = body === '' ? undefined : isJson ? JSON.parse(body) : body;
    const faults = contract?.requestFaults(method, `${place}?${query}`, sent, contentType) ?? [];
    expect(faults, `${method} ${place}`).toEqual([]);
  }
}
