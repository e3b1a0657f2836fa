import { describe, expect, it } from 'vitest';
import {
  diskHealth,
  type Health,
  healthLine,
  jiraHealth,
  modelHealth,
  slackHealth,
} from '../../../electron/app/health.ts';
import { AppError } from '../../../shared/errors.ts';

const slack = (line: Parameters<typeof slackHealth>[0]) => healthLine('slack', slackHealth(line));
const model = (state: Parameters<typeof modelHealth>[0]) => healthLine('model', modelHealth(state));
const broken = new AppError('model_failed', 'It is cut short.');
const silent = new AppError('unavailable', '/mnt/tiny.gguf does not answer.');

it('of Jira tells whether only a person may have it asked again', () => {
  const health = (needsPerson: boolean) => jiraHealth(new AppError('unauthorized', 'No.', { needsPerson }));
  expect(health(true)).toMatchObject({ code: 'unauthorized', needsPerson: true });
  expect(health(false)).toEqual({ state: 'trouble', code: 'unauthorized', detail: 'No.' });
});

describe('what stdout says of a part', () => {
  it.each([
    [slack({ state: 'connecting' }), 'slack: connecting'],
    [slack({ state: 'connected', since: '2026-03-02T08:00:00.000Z', connections: 2 }), 'slack: connected'],
    [slack({ state: 'unauthorized', message: 'Renew it.' }), 'slack: unauthorized'],
    [slack({ state: 'disconnected', code: 'closed', message: 'It broke.' }), 'slack: disconnected closed'],
    [
      slack({ state: 'disconnected', code: 'not_configured', message: 'Set it.' }),
      'slack: disconnected not_configured',
    ],
    [healthLine('jira', jiraHealth(null)), 'jira: ok'],
    [healthLine('jira', jiraHealth(new AppError('unauthorized', 'Renew it.'))), 'jira: unauthorized'],
    [model({ state: 'none', reason: null, isUndecided: false }), 'model: none'],
    [model({ state: 'loading', file: 'my model.gguf' }), 'model: loading my model.gguf'],
    [model({ state: 'loaded', file: 'my model.gguf', device: 'cuda' }), 'model: loaded my model.gguf on cuda'],
    [model({ state: 'unloaded', file: 'tiny.gguf' }), 'model: unloaded tiny.gguf'],
    [model({ state: 'failed', file: 'tiny.gguf', error: broken, isLoaded: false }), 'model: failed model_failed'],
    [model({ state: 'failed', file: 'tiny.gguf', error: silent, isLoaded: false }), 'model: failed unavailable'],
    [healthLine('disk', { state: 'trouble', code: 'low', detail: '120 MB are left.' }), 'disk: low'],
  ])('is one line: %s', (line, expected) => {
    expect(line).toBe(expected);
  });
});

it.each<[Health['slack' | 'jira'], Health['slack']['state']]>([
  [slackHealth({ state: 'disconnected', code: 'stopped', message: 'Paused.' }), 'off'],
  [slackHealth({ state: 'disconnected', code: 'silent', message: 'No sign of life.' }), 'trouble'],
  [jiraHealth(new AppError('not_configured', 'Set it.')), 'off'],
  [jiraHealth(new AppError('forbidden', 'Ask.')), 'trouble'],
])('what nobody set up or closed on purpose is off, all else that does not work is trouble: %o', (health, state) => {
  expect(health.state).toBe(state);
});

it.each([
  [null, 'ok', null],
  [500e6, 'ok', null],
  [499.9e6, 'low', /^499 MB are left on the disk of \/data/],
  [50e6, 'low', /Without room, no new ones/],
  [49e6, 'full', /may be refused/],
  [0, 'full', /^0 MB/],
])('with %s bytes free the disk is %s', (free, code, detail) => {
  expect(diskHealth(free, '/data')).toEqual({
    state: code === 'ok' ? 'ok' : 'trouble',
    code,
    detail: detail === null ? null : expect.stringMatching(detail),
  });
});
