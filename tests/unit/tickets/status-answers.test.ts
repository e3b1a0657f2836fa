import { describe, expect, it } from 'vitest';
import type { IssueTracker, IssueView } from '../../../electron/tickets/ports/issue-tracker.ts';
import { answerStatus, mayShow, type ShownProjects } from '../../../electron/tickets/status-answers.ts';
import { AppError, type ErrorCode, errorCodes } from '../../../shared/errors.ts';

const issue: IssueView = {
  id: '1',
  key: 'KAN-7',
  url: 'https://jira.example/browse/KAN-7',
  summary: 'salaries',
  status: 'To Do',
  issueType: 'Task',
  issueTypeId: null,
  assignee: null,
  updatedAt: '2026-01-02T04:00:00.000Z',
  label: null,
  isOurs: false,
};

/** Asks about a key, where Jira answers with this. */
async function ask(
  key: string,
  jira: Partial<IssueView> | ErrorCode,
  more: ShownProjects = [],
  projects: Partial<Pick<IssueTracker, 'projectKey' | 'currentKey'>> = {},
) {
  const calls: string[] = [];
  const tracker = {
    async getIssue(asked: string) {
      calls.push(asked);
      if (typeof jira === 'string') throw new AppError(jira, 'no');
      return { ...issue, key: asked, ...jira };
    },
    isOwnAddress: async (address: string) => address.startsWith('https://jira.example/'),
    projectKey: async () => 'KAN',
    currentKey: async (asked: string) => asked,
    ...projects,
  };
  const answer = await answerStatus({ key, address: null }, { tracker, projects: ['KAN'], moreProjects: () => more });
  return { answer, calls };
}

describe('an issue is shown', () => {
  it.each<[string, Partial<IssueView>, ShownProjects]>([
    ['of the configured project', { key: 'KAN-7' }, ['KAN']],
    ['that this program made elsewhere', { key: 'OPS-7', isOurs: true }, ['KAN']],
    ['of a project that the settings add', { key: 'OPS-7' }, ['KAN', 'OPS']],
    ['of any project, where they say so', { key: 'HR-7' }, '*'],
  ])('%s', (_, change, projects) => {
    expect(mayShow({ ...issue, ...change }, projects)).toBe(true);
  });

  it.each<[string, ShownProjects]>([
    ['HR-7', ['KAN']],
    ['KANS-7', ['KAN']],
    ['KA-7', ['KAN', 'OPS']],
    ['KAN-7', []],
  ])('not %s with %j', (key, projects) => {
    expect(mayShow({ ...issue, key }, projects)).toBe(false);
  });
});

describe('the answer', () => {
  it('about another project is the same whether there is such an issue or not, and whatever Jira says of it', async () => {
    const hidden = { outcome: 'not_shown', key: 'HR-7', projects: ['KAN'] };
    expect(await ask('HR-7', {})).toEqual({ answer: hidden, calls: ['HR-7'] });
    for (const code of ['not_found', 'forbidden', 'invalid_input', 'bad_response'] as const) {
      expect(await ask('HR-7', code)).toEqual({ answer: hidden, calls: ['HR-7'] });
    }
  });

  it('goes by the key that Jira answers with, since issues move', async () => {
    expect((await ask('KAN-7', { key: 'HR-7' })).answer).toEqual({ outcome: 'not_found', key: 'KAN-7' });
    expect((await ask('KAN-7', { key: 'HR-7', isOurs: true })).answer).toMatchObject({ outcome: 'shown' });
    expect((await ask('HR-7', { key: 'KAN-9' })).answer).toMatchObject({ outcome: 'shown', issue: { key: 'KAN-9' } });
  });

  it('shows what has another key only because its project has', async () => {
    const renamed = { currentKey: async (asked: string) => (asked === 'KAN' ? 'NEW' : asked) };
    expect((await ask('KAN-7', { key: 'NEW-7' }, [], renamed)).answer).toMatchObject({ outcome: 'shown' });
    expect((await ask('KAN-7', { key: 'HR-7' }, [], renamed)).answer).toEqual({ outcome: 'not_found', key: 'KAN-7' });
    expect((await ask('HR-7', { key: 'NEW-7' }, [], renamed)).answer).toMatchObject({ outcome: 'not_shown' });
    const refused = { currentKey: () => Promise.reject(new AppError('not_found', 'no')) };
    expect((await ask('KAN-7', { key: 'NEW-7' }, [], refused)).answer).toMatchObject({ outcome: 'not_found' });
  });

  it('does without the configured project where Jira refuses to say its key', async () => {
    const refused = { projectKey: () => Promise.reject(new AppError('not_found', 'no project 10001')) };
    expect((await ask('OPS-7', {}, ['OPS'], refused)).answer).toMatchObject({ outcome: 'shown' });
    expect((await ask('KAN-7', { isOurs: true }, [], refused)).answer).toMatchObject({ outcome: 'shown' });
    expect((await ask('KAN-7', {}, [], refused)).answer).toEqual({ outcome: 'not_shown', key: 'KAN-7', projects: [] });
    const offline = { projectKey: () => Promise.reject(new AppError('unavailable', 'no')) };
    await expect(ask('OPS-7', {}, ['OPS'], offline)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('says of our own project that there is no such issue', async () => {
    expect((await ask('KAN-7', 'not_found')).answer).toEqual({ outcome: 'not_found', key: 'KAN-7' });
    expect((await ask('HR-7', 'not_found', '*')).answer).toEqual({ outcome: 'not_found', key: 'HR-7' });
  });

  it.each(
    errorCodes.filter((code) => ['unavailable', 'unauthorized', 'rate_limited', 'not_configured'].includes(code)),
  )('is a failure where Jira could not say: %s', async (code) => {
    await expect(ask('HR-7', code)).rejects.toMatchObject({ code });
    await expect(ask('KAN-7', code)).rejects.toMatchObject({ code });
  });
});
