import { expect, it } from 'vitest';
import { createMarkSeal } from '../../../electron/jira/marks/mark-seal.ts';
import { marksIn, readProperty, withMarks } from '../../../electron/jira/marks/ticket-property.ts';
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
  for (const forged of [correction, {}, 'yes', 0]) {
    expect(readProperty({ label: 'Task', correction: forged }, place.issueId, seal)).toMatchObject({ label: null });
  }
});

it('seals what people said, keeps all else, and vouches for nothing that it does not prove', () => {
  const others = {
    requester: { id: 'U5', name: 'eve' },
    confidence: 0.9,
    source: 'model',
    theirs: { note: 'keep me' },
  };
  const forged = {
    ...others,
    label: 'Incident',
    decision,
    correction,
    mac: { key: '00000000', value: 'a'.repeat(64) },
  };
  const { label, ...how } = correction;
  const mac = expect.objectContaining({ key: expect.stringMatching(/^[0-9a-f]{8}$/) });
  const onlyDecision = { decision, correction: null };
  expect(withMarks(forged, onlyDecision, place, seal)).toStrictEqual({ ...others, requestId: 'r1', decision, mac });
  expect(withMarks({ ...others, label: 'Bug' }, onlyDecision, place, seal)).toStrictEqual({
    ...others,
    requestId: 'r1',
    label: 'Bug',
    decision,
    mac,
  });
  expect(withMarks(forged, { decision: null, correction }, place, seal)).toStrictEqual({
    ...others,
    requestId: 'r1',
    label,
    correction: how,
    mac,
  });
});

it('takes one mark only with the other one that was sealed with it', () => {
  const stored = withMarks({}, { decision, correction }, place, seal);
  const nothing = { decision: null, correction: null, unproven: null };
  for (const name of ['decision', 'correction', 'label', 'mac']) {
    expect(marksIn({ ...stored, [name]: undefined }, place, seal)).toEqual(nothing);
  }
  expect(marksIn(undefined, place, seal)).toEqual(nothing);
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
