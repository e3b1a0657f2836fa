import { describe, expect, it } from 'vitest';
import { mayOpen, newestIssuesPage } from '../../../electron/jira/external-link.ts';

const site = 'https://acme.atlassian.net';
const gateway = 'https://api.atlassian.com/ex/jira/11111111-2222-3333-4444-555555555555';

describe('an address that main opens in the browser', () => {
  it.each([
    ['https://acme.atlassian.net/browse/KAN-1', site],
    ['https://jira.example.com/jira/browse/KAN-1', 'https://jira.example.com/jira'],
    ['http://127.0.0.1:4000/browse/KAN-1', 'http://127.0.0.1:4000'],
    ['https://acme.atlassian.net/browse/KAN-1', gateway],
  ])('may be %s with the site %s', (url, base) => {
    expect(mayOpen(url, base)).toBe(true);
  });

  it.each([
    ['file:///etc/passwd', site],
    ['javascript:alert(1)', site],
    ['ms-settings:privacy', site],
    ['//acme.atlassian.net/browse/KAN-1', site],
    ['http://acme.atlassian.net/browse/KAN-1', site],
    ['https://evil.example/browse/KAN-1', site],
    ['https://acme.atlassian.net.evil.example/', site],
    ['https://acme.atlassian.net@evil.example/', site],
    ['https://acme.atlassian.net:8443/browse/KAN-1', site],
    ['https://other.atlassian.net/browse/KAN-1', site],
    ['http://jira.intranet/browse/KAN-1', 'http://jira.intranet'],
    ['http://127.0.0.1:4001/browse/KAN-1', 'http://127.0.0.1:4000'],
    ['https://evil.example/', gateway],
    ['https://evilatlassian.net/', gateway],
    ['http://acme.atlassian.net/browse/KAN-1', gateway],
    ['https://acme.atlassian.net/browse/KAN-1', null],
  ])('may not be %s with the site %s', (url, base) => {
    expect(mayOpen(url, base)).toBe(false);
  });
});

describe('the newest issues of a project', () => {
  const jqlOf = (project: string) => {
    const address = newestIssuesPage({ site, project });
    return address === null ? null : new URL(address).searchParams.get('jql');
  };

  it('are asked for by its key or by its number', () => {
    expect(jqlOf('KAN')).toBe('project = "KAN" ORDER BY created DESC');
    expect(jqlOf('10001')).toBe('project = 10001 ORDER BY created DESC');
  });

  it('have no page where the site is only known by the gateway', () => {
    expect(newestIssuesPage({ site: gateway, project: 'KAN' })).toBeNull();
  });
});
