import { describe, expect, it } from 'vitest';
import { gatewayOf, isOnSite } from '../../../electron/jira/links.ts';

const site = 'https://acme.atlassian.net';

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
