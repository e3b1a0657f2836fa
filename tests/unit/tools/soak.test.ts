import { describe, expect, it } from 'vitest';
import { faultsWith } from '../../../tools/soak/faults.ts';
import { judge, type LoggedRequest, type SentCommand } from '../../../tools/soak/judge.ts';
import { planRun } from '../../../tools/soak/plan.ts';
import { isGood, soakTable, totalsOf } from '../../../tools/soak/report.ts';

const row: LoggedRequest = {
  request_id: 'r1',
  text: 'Run 1, ticket 1: the VPN drops',
  status: 'created',
  step: 'announced',
  jira_issue_key: 'KAN-1',
  error_code: null,
  error_message: null,
  next_try_at: null,
  updated_at: '2026-01-15T12:00:01.500Z',
};
const sent: SentCommand = {
  door: 'command',
  requestId: 'r1',
  sentAt: Date.UTC(2026, 0, 15, 12),
  acked: true,
  expected: 'filed',
  text: 'Run 1, ticket 1: the VPN drops',
};
const refused: SentCommand = { ...sent, expected: 'refused' };
const issue = { requestId: 'r1', idBegins: null, key: 'KAN-1' };
const message = { requestId: 'r1', isPrivate: false };
const explained = 'Your ticket could not be created: Jira did not accept it.\n>Run 1, ticket 1: the VPN drops';
const failed = { ...row, status: 'failed', step: 'creating', jira_issue_key: null, error_code: 'unconfirmed' };

describe('the judge of the soak', () => {
  it.each([
    ['a ticket filed and announced', sent, [row], [issue], 'done'],
    ['a row that names an issue which Jira lacks', sent, [row], [], 'lost'],
    ['a row that names the issue of another request', sent, [row], [{ ...issue, requestId: 'r2' }], 'lost'],
    ['an ack without a row', sent, [], [], 'lost'],
    ['an issue without a row', { ...sent, acked: false }, [], [issue], 'lost'],
    ['a command that nobody took', { ...sent, acked: false }, [], [], 'not taken'],
    ['a row that says that a person must look', sent, [failed], [], 'person'],
    ['a row that says that its text is refused', refused, [{ ...failed, error_code: 'forbidden' }], [], 'person'],
    ['a row that a moment made fail', sent, [{ ...failed, error_code: 'forbidden' }], [], 'given up'],
    [
      'a row that waits until its login is accepted',
      sent,
      [{ ...failed, status: 'received', error_code: 'unauthorized' }],
      [],
      'unfinished',
    ],
    ['a refused row that waits for settings', refused, [{ ...failed, status: 'received' }], [], 'given up'],
    [
      'a decided row that Jira is not told of',
      sent,
      [{ ...row, status: 'approved', error_code: 'forbidden' }],
      [issue],
      'done',
    ],
    [
      'a row decided before its message was noted',
      sent,
      [{ ...row, status: 'approved', step: 'created', error_code: 'forbidden' }],
      [issue],
      'done',
    ],
    [
      'a decided row that waits for another try',
      sent,
      [{ ...row, status: 'approved', error_code: 'bad_response', next_try_at: 'soon' }],
      [issue],
      'unfinished',
    ],
    [
      'a row that waits for another try',
      sent,
      [{ ...failed, status: 'received', next_try_at: 'soon' }],
      [],
      'unfinished',
    ],
    ['a row still at work', sent, [{ ...row, step: 'creating' }], [], 'unfinished'],
  ])('calls %s by its name', (_what, command, rows, issues, outcome) => {
    expect(judge(command, rows, { issues, messages: [], finalWords: [] }).outcome).toBe(outcome);
  });

  it('knows an issue without a property by the label that begins its id', () => {
    const labelled = { requestId: null, idBegins: 'r', key: 'KAN-1' };
    const found = { issues: [labelled, { ...labelled, idBegins: 'x' }], messages: [], finalWords: [] };
    expect(judge(sent, [row], found)).toMatchObject({ outcome: 'done', issues: 1 });
  });

  it('counts what came twice, and measures to the last change of the row', () => {
    const other = { requestId: 'r2', idBegins: null, key: 'KAN-2', isPrivate: false };
    const told = [message, message, { ...message, isPrivate: true }, other];
    const issues = [issue, { ...issue, key: 'KAN-3' }, other];
    const verdict = judge(sent, [row], { issues, messages: told, finalWords: [] });
    expect(verdict).toMatchObject({ issues: 2, messages: 2, privateMessages: 1, doneMs: 1500 });
  });
});

describe('the plan of a run', () => {
  it('is the same for the same seed and run, and another one otherwise', () => {
    expect(planRun(7, 3, false)).toEqual(planRun(7, 3, false));
    expect(planRun(7, 3, false)).not.toEqual({ ...planRun(8, 3, false), seed: 7 });
    expect(planRun(7, 3, false)).not.toEqual({ ...planRun(7, 4, false), run: 3 });
  });

  it('deals every fault first once before any comes again', () => {
    for (const [jira, isDataCenter] of [
      ['Jira Cloud', false],
      ['Data Center', true],
    ] as const) {
      const names = faultsWith(jira);
      const firsts = names.map((_, run) => planRun(7, run, isDataCenter).faults[0]);
      expect(firsts.toSorted()).toEqual(names.toSorted());
    }
  });

  it('plays every make of Data Center equally often, and its faults with no other Jira', () => {
    const jiras = Array.from({ length: 12 }, (_, run) => planRun(7, run, true).jira);
    expect(new Set(jiras).size).toBe(6);
    expect(jiras.slice(0, 6)).toEqual(jiras.slice(6));
    expect(planRun(7, 1, false).jira).toBe('Jira Cloud');
    expect(faultsWith('Jira Cloud').filter((name) => name.startsWith('Data Center'))).toEqual([]);
    expect(faultsWith('Data Center').length).toBeGreaterThan(faultsWith('Jira Cloud').length);
  });
});

describe('the report of the soak', () => {
  const judgeOf = (issues: (typeof issue)[], messages: (typeof message)[]) =>
    judge(sent, [row], { issues, messages, finalWords: [] });
  const plan = { ...planRun(7, 0, false), faults: ['create: cut after' as const, 'socket: cut' as const] };
  const outcome = { plan, struck: { 'create: cut after': 2 }, verdicts: [judgeOf([issue], [message])] };

  it('counts each request under each fault of its run, and once in all', () => {
    const lines = soakTable([outcome, outcome]).split('\n');
    const cells = (name: string) => lines.find((line) => line.startsWith(`| ${name}`))?.split(/\s*\|\s*/);
    expect(cells('fault')?.slice(2, 6)).toEqual(['runs', 'struck', 'requests', 'issues']);
    expect(cells('create: cut after')?.slice(2, 6)).toEqual(['2', '4', '2', '2']);
    expect(cells('socket: cut')?.slice(2, 6)).toEqual(['2', '0', '2', '2']);
    expect(cells('all')?.slice(2, 6)).toEqual(['2', '4', '2', '2']);
  });

  it.each([
    ['a lost ticket', [], [message]],
    ['a second issue', [issue, { ...issue, key: 'KAN-2' }], [message]],
    ['a second message in the channel', [issue], [message, message]],
    ['no message at all', [issue], []],
  ])('does not call a run good with %s', (_what, issues, messages) => {
    expect(isGood(outcome)).toBe(true);
    expect(isGood({ ...outcome, verdicts: [judgeOf(issues, messages)] })).toBe(false);
  });

  it.each([
    ['one word for who asked', [], [explained], true],
    ['no word for who asked', [], [], false],
    ['two words for who asked', [], [explained, explained], false],
    ['a word on another ticket', [], [explained.replace('ticket 1:', 'ticket 10:')], false],
    ['an issue', [issue], [explained], false],
  ])(
    'wants a refused ticket to end as failed, with one word for who asked: %s',
    (_what, issues, finalWords, isRight) => {
      const verdicts = [judge(refused, [failed], { issues, messages: [], finalWords })];
      const run = { ...outcome, plan: { ...plan, faults: ['one ticket: 403 page' as const] }, verdicts };
      expect(isGood(run)).toBe(isRight);
    },
  );

  it('does not miss a word that Slack may have refused', () => {
    const verdicts = [judge(refused, [failed], { issues: [], messages: [], finalWords: [] })];
    const faults = ['one ticket: 403 page' as const, 'Slack: proxy page' as const];
    expect(isGood({ ...outcome, plan: { ...plan, faults }, verdicts })).toBe(true);
  });

  it('does not call a run good in which a refused request came again and again', () => {
    expect(isGood({ ...outcome, struck: { 'one ticket: 403 page': 30 } })).toBe(true);
    expect(isGood({ ...outcome, struck: { 'one ticket: 403 page': 31 } })).toBe(false);
  });

  it('has no times where nothing was done', () => {
    expect(totalsOf([])).toMatchObject({ requests: 0, medianMs: null, worstMs: null });
  });
});
