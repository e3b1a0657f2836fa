import { expect, it, vi } from 'vitest';
import { storeClick, storeDecision } from '../../../electron/tickets/clicks.ts';
import { createRemoteSync } from '../../../electron/tickets/remote-sync.ts';
import { AppError } from '../../../shared/errors.ts';
import { createFakeIssueTracker } from '../../fakes/issue-tracker.ts';
import { createFakeTicketLog } from '../../fakes/ticket-log.ts';
import { request } from './a-desk.ts';

/** Looks at a log with this many waiting tickets and one decided now; `look` gives the ids of those that were read. */
async function aSync(waiting: number, beforeRead: () => Promise<void> = async () => {}) {
  const log = createFakeTicketLog();
  const clickOn = (requestId: string, key: number) =>
    ({ ...request, requestId, issueKey: `KAN-${key}`, issueType: null, issueUrl: null, announcement: null }) as const;
  for (let key = 1; key <= waiting; key += 1) await storeClick(log, clickOn(`r${key}`, key));
  const decision = { status: 'approved', by: 'U2', at: new Date().toISOString(), actionTs: '10' } as const;
  await storeDecision(log, clickOn('decided', waiting + 1), decision);
  const tracker = createFakeIssueTracker();
  let read: string[] = [];
  tracker.readMarks = async (issues) => {
    await beforeRead();
    read = issues.map(({ requestId }) => requestId);
    return new Map();
  };
  const sync = createRemoteSync({
    log,
    tracker: () => tracker,
    follow: async (ticket) => ticket,
    schedule() {},
    isStopped: () => false,
    onChange() {},
    onError() {},
  });
  return async () => {
    await sync();
    return read;
  };
}

it('reads what was decided just now at each look, however many tickets wait', async () => {
  const look = await aSync(450);
  for (let times = 0; times < 4; times += 1) expect(await look()).toContain('decided');
});

it('has read every waiting ticket within two looks where 399 wait, and begins anew', async () => {
  const look = await aSync(399);
  const [first, second, third] = [await look(), await look(), await look()];
  expect(new Set([...first, ...second]).size).toBe(400);
  expect(third).toEqual(first);
});

it('looks once at a time where the tracker is slow', async () => {
  let asked = 0;
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const look = await aSync(5, () => {
    asked += 1;
    return answered;
  });
  const both = [look(), look()];
  await vi.waitFor(() => expect(asked).toBe(1));
  answer();
  await Promise.all(both);
  expect(asked).toBe(1);
  await look();
  expect(asked).toBe(2);
});

it.each([
  ['again after a moment’s trouble', 'rate_limited', true],
  ['later where the trouble is theirs', 'bad_response', false],
] as const)('has the tickets read %s', async (_when, code, isAgain) => {
  let trouble: AppError | null = new AppError(code, 'No.');
  let failed = false;
  const look = await aSync(399, async () => {
    if (trouble === null) return;
    failed = true;
    throw trouble;
  });
  await expect(look()).rejects.toMatchObject({ code });
  expect(failed).toBe(true);
  trouble = null;
  expect((await look()).includes('r1')).toBe(isAgain);
});
