import { expect, it } from 'vitest';
import { createMarkSeal } from '../../../electron/jira/mark-seal.ts';
import { marksIn, readProperty, withMarks } from '../../../electron/jira/ticket-property.ts';
import { deriveMarkKey } from '../../../electron/network/mark-key.ts';

const at = '2026-01-31T10:00:00.000Z';
const decision = { status: 'approved', by: 'U1', at, actionTs: '1769853600.000100' } as const;
const correction = { label: 'Task', from: 'Bug', by: 'U1', at, via: 'slack' } as const;
const place = { requestId: 'r1', issueId: '10001' };
const seal = createMarkSeal(() => ({ current: deriveMarkKey('xoxb-1', 'T1'), former: [] }));

it('reads who decided and who corrected', () => {
  const stored = withMarks({}, { decision, correction }, place, seal);
  expect(marksIn(stored, place, seal)).toEqual({ decision, correction, unproven: null });
  expect(readProperty(stored, place.issueId, seal)).toMatchObject({ requestId: 'r1', label: 'Task', decision });
  const byNobody = { decision: null, correction: { ...correction, by: null } };
  expect(marksIn(withMarks({}, byNobody, place, seal), place, seal)).toEqual({ ...byNobody, unproven: null });
});

it('takes the label that the classifier gave, and not one that somebody says is a correction', () => {
  expect(readProperty({ label: 'Task' }, place.issueId, seal)).toMatchObject({ label: 'Task' });
  for (const forged of [{ ...correction, mac: null }, {}, 'yes', 0]) {
    expect(readProperty({ label: 'Task', correction: forged }, place.issueId, seal)).toMatchObject({ label: null });
  }
});

it.each(['U1> <!channel', '!here', 'u1', '', 'U'.repeat(41)])(
  'takes nothing from somebody called %j, who would stand in a message',
  (by) => {
    const said = { decision: { ...decision, by }, correction: { ...correction, by } };
    expect(marksIn(withMarks({}, said, place, seal), place, seal)).toEqual({
      decision: null,
      correction: null,
      unproven: null,
    });
  },
);
