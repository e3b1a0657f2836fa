import { describe, expect, it } from 'vitest';
import { notSetUp, openJira } from '../../../electron/jira/api/open-jira.ts';
import { AppError } from '../../../shared/errors.ts';

const access = {
  deployment: null,
  baseUrl: 'https://acme.atlassian.net',
  email: 'ada@example.com',
  apiToken: 'secret-token',
};

describe('openJira', () => {
  it('opens the Jira that the settings name', () => {
    expect(openJira(access).baseUrl).toBe('https://acme.atlassian.net');
    expect(openJira({ ...access, deployment: 'cloud' }).baseUrl).toBe('https://acme.atlassian.net');
  });

  it.each([
    [{ baseUrl: null }, 'Jira is not set up. Set JIRA_BASE_URL.'],
    [{ email: null }, 'Jira is not set up. Set JIRA_EMAIL.'],
    [{ apiToken: null }, 'Jira is not set up. Set JIRA_API_TOKEN.'],
    [{ baseUrl: null, email: null }, 'Jira is not set up. Set JIRA_BASE_URL; for Jira Cloud JIRA_EMAIL as well.'],
    [
      { deployment: 'cloud' as const, baseUrl: null, email: null },
      'Jira is not set up. Set JIRA_BASE_URL, JIRA_EMAIL.',
    ],
    [{ deployment: 'datacenter' as const, email: null, apiToken: null }, 'Jira is not set up. Set JIRA_API_TOKEN.'],
  ])('names what stands in the way of %o', (change, message) => {
    expect(() => openJira({ ...access, ...change })).toThrow(
      expect.objectContaining({ code: 'not_configured', message }),
    );
  });

  it('opens none at an address that may not be reached', () => {
    const refused = new AppError('not_configured', 'Jira is not connected: too old.');
    const asked: string[] = [];
    const refusal = (address: string) => {
      asked.push(address);
      return refused;
    };
    expect(() => openJira(access, { refusal })).toThrow(refused);
    expect(asked).toEqual([access.baseUrl]);
  });
});

it('a ticket needs a project besides', () => {
  expect(notSetUp({ ...access, email: null }, null).message).toBe(
    'Jira is not set up. Set JIRA_EMAIL, JIRA_PROJECT_KEY.',
  );
  expect(notSetUp({ ...access, email: null }, 'KAN').message).toBe('Jira is not set up. Set JIRA_EMAIL.');
});
