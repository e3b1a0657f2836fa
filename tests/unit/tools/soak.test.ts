import { describe, expect, it } from 'vitest';
import { faultNames } from '../../../tools/soak/faults.ts';
import { judge, type LoggedRequest, type SentCommand } from '../../../tools/soak/judge.ts';
import { planRun } from '../../../tools/soak/plan.ts';
import { isGood, soakTable, totalsOf } from '../../../tools/soak/report.ts';

const row: LoggedRequest = {
  request_id: 'r1',
  status: 'created',
  step: 'announced',
  jira_issue_key: 'KAN-1',
  error_code: null,
  error_message: null,
  next_try_at: null,
  updated_at: '2026-01-15T12:00:01.500Z',
};
const sent: SentCommand = { requestId: 'r1', sentAt: Date.UTC(2026, 0, 15, 12), acked: true };
const issue = { requestId: 'r1', key: 'KAN-1' };
const message = { requestId: 'r1', isPrivate: false };
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
    ['an error that no time is set for', sent, [{ ...failed, status: 'received' }], [], 'person'],
    [
      'a row that waits for another try',
      sent,
      [{ ...failed, status: 'received', next_try_at: 'soon' }],
      [],
      'unfinished',
    ],
    ['a row still at work', sent, [{ ...row, step: 'creating' }], [], 'unfinished'],
  ])('calls %s by its name', (_what, command, rows, issues, outcome) => {
    expect(judge(command, rows, issues, []).outcome).toBe(outcome);
  });

  it('counts what came twice, and measures to the last change of the row', () => {
    const other = { requestId: 'r2', key: 'KAN-2', isPrivate: false };
    const told = [message, message, { ...message, isPrivate: true }, other];
    const verdict = judge(sent, [row], [issue, { ...issue, key: 'KAN-3' }, other], told);
    expect(verdict).toMatchObject({ issues: 2, messages: 2, privateMessages: 1, doneMs: 1500 });
  });
});

describe('the plan of a run', () => {
  it('is the same for the same seed and run, and another one otherwise', () => {
    expect(planRun(7, 3)).toEqual(planRun(7, 3));
    expect(planRun(7, 3)).not.toEqual({ ...planRun(8, 3), seed: 7 });
    expect(planRun(7, 3)).not.toEqual({ ...planRun(7, 4), run: 3 });
  });

  it('deals every fault first once before any comes again', () => {
    const firsts = faultNames.map((_, run) => planRun(7, run).faults[0]);
    expect(firsts.toSorted()).toEqual(faultNames.toSorted());
  });
});

describe('the report of the soak', () => {
  const plan = { ...planRun(7, 0), faults: ['create: cut after' as const, 'socket: cut' as const] };
  const outcome = { plan, struck: { 'create: cut after': 2 }, verdicts: [judge(sent, [row], [issue], [message])] };

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
    expect(isGood({ ...outcome, verdicts: [judge(sent, [row], issues, messages)] })).toBe(false);
  });

  it('has no times where nothing was done', () => {
    expect(totalsOf([])).toMatchObject({ requests: 0, medianMs: null, worstMs: null });
  });
});
