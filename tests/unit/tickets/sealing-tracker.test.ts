import { expect, it } from 'vitest';
import { onceSealable } from '../../../electron/tickets/sealing-tracker.ts';
import { createFakeIssueTracker } from '../../fakes/issue-tracker.ts';
import { draft } from '../jira/draft.ts';

it('asks the tracker nothing of what people said before that can be sealed, and everything else', async () => {
  const tracker = createFakeIssueTracker();
  let isKnown = false;
  const waiting = onceSealable(tracker, () => isKnown);
  const { key } = await waiting.createIssue(draft());
  const { requestId } = draft();
  const at = '2026-01-31T10:15:00.000Z';
  const decide = () => waiting.recordDecision(key, { requestId, status: 'approved', by: 'U2', at });
  const relabel = () => waiting.relabel(key, { requestId, label: 'Task', from: 'Bug', by: 'U2', at, via: 'slack' });
  await expect(decide()).rejects.toMatchObject({ code: 'unavailable' });
  await expect(relabel()).rejects.toMatchObject({ code: 'unavailable' });
  expect(await waiting.readMarks([{ key, requestId }])).toEqual(new Map());
  expect(tracker.calls).toEqual(['createIssue']);
  isKnown = true;
  await decide();
  await relabel();
  expect((await waiting.readMarks([{ key, requestId }])).get(requestId)).toMatchObject({
    decision: { status: 'approved' },
    correction: { label: 'Task' },
  });
});
