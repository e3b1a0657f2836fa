import { describe, expect, it } from 'vitest';
import { condense, happeningOf } from '../../../renderer/features/status/activity-words.ts';
import { lastErrorApart, troublesOf } from '../../../renderer/features/status/troubles.ts';
import { remedyFor } from '../../../renderer/navigation/remedies.ts';
import { errorCodes } from '../../../shared/errors.ts';
import { anActivity, aStatus, noLine } from '../../fakes/app-status.ts';

const refused = {
  state: 'trouble',
  code: 'unauthorized',
  detail: 'Slack does not accept a token.',
  ...noLine,
} as const;

const noFile = { file: null, device: null };

describe('troubles', () => {
  it('are none where everything works, and none while a person has paused', () => {
    const paused = {
      ...noLine,
      state: 'off',
      code: 'stopped',
      detail: 'On purpose.',
      paused: true,
    } as const;
    expect(troublesOf(aStatus())).toEqual([]);
    expect(troublesOf(aStatus({ slack: paused }))).toEqual([]);
  });

  it('say what a person should know as long as the program runs, after what is worse', () => {
    const status = aStatus({ slack: refused, notices: ['Others can read the folder.', 'Electron is old.'] });
    expect(troublesOf(status).map(({ tone, message }) => [tone, message])).toEqual([
      ['problem', refused.detail],
      ['warning', 'Others can read the folder.'],
      ['warning', 'Electron is old.'],
    ]);
  });

  it('name the most urgent first, and where each can be mended', () => {
    const status = aStatus({
      model: { state: 'trouble', code: 'model_failed', detail: 'The model is cut short.', ...noFile },
      slack: refused,
      jira: { state: 'off', code: 'not_configured', detail: 'Jira is not set up. Set JIRA_EMAIL.' },
    });
    expect(troublesOf(status).map(({ title, remedy }) => [title, remedy.to])).toEqual([
      ['Slack refused a token', { label: 'Slack settings', place: { page: 'Settings', section: 'slack' } }],
      ['Jira is not set up', { label: 'Jira settings', place: { page: 'Settings', section: 'jira' } }],
      ['The GGUF model does not answer', { label: 'Choose a model', place: { page: 'Model' } }],
    ]);
  });

  it.each([
    ['low', 'warning', 'The disk is almost full'],
    ['full', 'problem', 'The disk is full'],
  ] as const)('with a disk that is %s are a %s', (code, tone, title) => {
    const message = '120 MB are left.';
    const troubles = troublesOf(aStatus({ disk: { state: 'trouble', code, detail: message } }));
    expect(troubles).toMatchObject([{ tone, title, message, remedy: { to: { folder: 'data' } } }]);
  });

  it('with the log’s file tell what can be done, and a damage that was mended too', () => {
    const { log } = aStatus();
    const troublesWith = (change: Partial<typeof log>) => troublesOf(aStatus({ log: { ...log, ...change } }));
    expect(troublesWith({ message: 'It is damaged. Restart the program.' })).toMatchObject([
      { tone: 'problem', title: 'The ticket log cannot be read', message: 'It is damaged. Restart the program.' },
    ]);
    expect(troublesWith({ backup: { at: null, message: 'There is too little room.' } })).toMatchObject([
      { tone: 'warning', message: 'There is too little room.' },
    ]);
    const recovery = { at: '2026-03-02T08:00:00.000Z', message: '3 tickets were carried over.' };
    for (const [cause, words] of [
      ['damage', /damaged, and was mended/] as const,
      ['old_form', /a new form/] as const,
    ]) {
      expect(troublesWith({ recovery: { ...recovery, cause } })).toMatchObject([
        { tone: 'warning', title: expect.stringMatching(words), message: recovery.message },
      ]);
    }
  });

  it('that say what the last error says are not said twice', () => {
    const lastError = { at: '2026-03-02T08:00:00.000Z', code: 'unauthorized', message: refused.detail } as const;
    expect(lastErrorApart(aStatus({ slack: refused, lastError }))).toBeNull();
    expect(lastErrorApart(aStatus({ lastError }))).toEqual(lastError);
  });
});

it('every failure of every part has words that help', () => {
  for (const part of ['slack', 'jira', 'model', null] as const) {
    for (const code of errorCodes) expect(remedyFor(part, code).words).not.toBe('');
  }
});

describe('what happened', () => {
  it('is said by what became of the ticket', () => {
    const said = [
      anActivity(),
      anActivity({ step: 'classified', status: 'received' }),
      anActivity({ step: 'done', status: 'approved' }),
      anActivity({ step: 'done', status: 'failed', errorCode: 'forbidden' }),
      anActivity({ step: 'classified', status: 'received', errorCode: 'forbidden' }),
      anActivity({ step: 'created', errorCode: 'unavailable' }),
      anActivity({ step: 'classified', status: 'received', errorCode: 'unauthorized' }),
    ].map((activity) => happeningOf(activity).words);
    expect(said).toEqual([
      'Waiting for approval',
      'Classified by the built-in model',
      'Approved',
      'Discarded',
      'Could not be created in Jira, needs attention',
      'Could not be announced in Slack, tried again by itself',
      'Could not be created in Jira, waits for the settings or the login',
    ]);
  });

  it('of one ticket in a row is told by its last step, and again after another ticket', () => {
    const activities = [
      anActivity({ requestId: 'a', step: 'done', status: 'approved' }),
      anActivity({ requestId: 'b', step: 'announced' }),
      anActivity({ requestId: 'b', step: 'created' }),
      anActivity({ requestId: 'a', step: 'announced' }),
      anActivity({ requestId: 'a', step: 'created' }),
    ];
    expect(condense(activities).map(({ requestId, step }) => `${requestId} ${step}`)).toEqual([
      'a done',
      'b announced',
      'a announced',
    ]);
  });
});
