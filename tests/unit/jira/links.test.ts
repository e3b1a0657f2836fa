import { describe, expect, it } from 'vitest';
import { gatewayOf, isOnSite, mayOpen, newestIssuesPage } from '../../../electron/jira/api/links.ts';

const site = 'https://acme.atlassian.net';
const gateway = 'https://api.atlassian.com/ex/jira/11111111-2222-3333-4444-555555555555';

describe('an address that main opens in the browser', () => {
  it.each([
    ['https://acme.atlassian.net/browse/KAN-1', site],
    ['https://jira.example.com/jira/browse/KAN-1', 'https://jira.example.com/jira'],
    ['http://127.0.0.1:4000/browse/KAN-1', 'http://127.0.0.1:4000'],
    // The settings take http for a Data Center only.
    ['http://jira.intranet/jira/browse/KAN-1', 'http://jira.intranet/jira'],
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
    ['http://jira.intranet/browse/KAN-1', 'https://jira.intranet'],
    ['https://jira.intranet/browse/KAN-1', 'http://jira.intranet'],
    ['file:///etc/passwd', 'file:///srv'],
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

describe('an address on our site', () => {
  it.each([
    'https://acme.atlassian.net/browse/KAN-7',
    'https://ACME.Atlassian.NET/browse/KAN-7',
    'https://acme.atlassian.net:443/browse/KAN-7',
    'https://acme.atlassian.net./browse/KAN-7',
    'http://acme.atlassian.net/browse/KAN-7',
    'https://somebody@acme.atlassian.net/browse/KAN-7',
    'https://acme.atlassian.net/jira/software/projects/KAN/boards/1?selectedIssue=KAN-8',
    'https://evil.example@acme.atlassian.net/browse/KAN-7',
  ])('is %s', (address) => {
    expect(isOnSite(address, site)).toBe(true);
  });

  it.each([
    'https://other.atlassian.net/browse/KAN-7',
    'https://acme.atlassian.net.evil.example/browse/KAN-7',
    'https://evil-acme.atlassian.net/browse/KAN-7',
    'https://acme.atlassian.net@evil.example/browse/KAN-7',
    'https://acme.atlassian.net:8443/browse/KAN-7',
    'https://evil.example/?u=https://acme.atlassian.net/browse/KAN-7',
    'https://evil.example/acme.atlassian.net/browse/KAN-7',
    'https://xn--cme-8cd.atlassian.net/browse/KAN-7',
    'https://аcme.atlassian.net/browse/KAN-7',
  ])('is not %s', (address) => {
    expect(isOnSite(address, site)).toBe(false);
  });

  it('lies below the path of a Jira that has one, on its port', () => {
    const behindPath = 'http://jira.acme.example:8080/jira';
    expect(isOnSite('http://jira.acme.example:8080/jira/browse/KAN-7', behindPath)).toBe(true);
    for (const other of [
      'http://jira.acme.example:8080/jira2/browse/KAN-7',
      'http://jira.acme.example:8080/browse/KAN-7',
    ]) {
      expect(isOnSite(other, behindPath)).toBe(false);
    }
    expect(isOnSite('https://jira.acme.example:8080/jira/browse/KAN-7', behindPath)).toBe(false);
    expect(isOnSite('http://jira.acme.example/jira/browse/KAN-7', behindPath)).toBe(false);
  });
});

it.each([
  ['https://acme.atlassian.net', 'https://api.atlassian.com'],
  ['https://acme.atlassian.net.evil.example', null],
  ['https://jira.example', null],
])('the gateway that may be told the token of %s is %s', (address, gateway) => {
  expect(gatewayOf(address)).toBe(gateway);
});
