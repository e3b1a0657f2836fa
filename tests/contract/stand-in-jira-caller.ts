import { expect } from 'vitest';
import type { JiraSite } from '../../stand-ins/jira/site.ts';
import { hasContracts } from './stand-in-contracts.ts';
import { openJiraContract } from './stand-in-jira-openapi.ts';

export interface JiraAnswer {
  status: number;
  body: unknown;
}

/** Asks a site as its account; `target` is below its REST API, a form is sent as one. */
export type JiraCaller = (method: string, target: string, body?: unknown) => Promise<JiraAnswer>;

/** The value of the Authorization header that the site takes. */
export function loginOf({ deployment, email, apiToken }: JiraSite): string {
  if (deployment === 'datacenter') return `Bearer ${apiToken}`;
  return `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`;
}

/** Fails where a request or an answer is not what Atlassian's document says, where that is here. */
export function createJiraCaller(site: JiraSite): JiraCaller {
  const contract = hasContracts ? openJiraContract(site.deployment) : null;
  const api = site.deployment === 'cloud' ? '/rest/api/3' : '/rest/api/2';
  return async (method, target, body) => {
    const isForm = body instanceof FormData;
    const type = isForm ? 'multipart/form-data' : 'application/json';
    const full = `${api}${target}`;
    if (contract !== null) expect(contract.requestFaults(method, full, body, type)).toEqual([]);
    const response = await fetch(site.baseUrl + full, {
      method,
      headers: {
        authorization: loginOf(site),
        ...(isForm ? { 'x-atlassian-token': 'no-check' } : body !== undefined && { 'content-type': type }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    if (contract !== null) expect(contract.responseFaults(method, full, response.status, answer)).toEqual([]);
    return { status: response.status, body: answer };
  };
}
