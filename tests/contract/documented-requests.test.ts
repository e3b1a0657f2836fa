import { describe, expect, it, onTestFinished } from 'vitest';
import { createJiraSite } from '../../stand-ins/jira/site.ts';
import { expectDocumented } from './documented-requests.ts';
import { hasContracts } from './stand-in-contracts.ts';

async function send(method: string, path: string, body?: unknown) {
  const site = await createJiraSite({ deployment: 'datacenter', contextPath: '/jira' });
  onTestFinished(site.close);
  const headers = { 'content-type': 'application/json' };
  await fetch(site.baseUrl + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  return () => expectDocumented(site, ...site.requests);
}

describe.skipIf(!hasContracts)('a request of ours', () => {
  it('passes where the document describes it, or where it is for a page', async () => {
    expect(await send('POST', '/rest/api/2/search', { jql: 'project = KAN', validateQuery: false })).not.toThrow();
    expect(await send('GET', '/browse/KAN-1')).not.toThrow();
  });

  it.each([
    ['of another path', 'GET', '/rest/api/2/search/jql', undefined],
    ['with another parameter', 'GET', '/rest/api/2/mypermissions?permissions=CREATE_ISSUES', undefined],
    ['with a number that is none', 'GET', '/rest/api/2/search?startAt=first', undefined],
    ['with another body', 'POST', '/rest/api/2/search', { jql: ['project = KAN'] }],
  ])('fails %s', async (_what, method, path, body) => {
    expect(await send(method, path, body)).toThrow();
  });
});
