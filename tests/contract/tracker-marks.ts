import { describe, expect, it } from 'vitest';
import { deriveMarkKey, type MarkKeys } from '../../electron/network/mark-key.ts';
import { defaultLabelToIssueType } from '../../shared/settings-table.ts';
import type { Decision } from '../../shared/ticket.ts';
import { draft } from '../unit/jira/draft.ts';
import { filed, type TrackerUnderTest } from './tracker-under-test.ts';

const { requestId } = draft();
const otherId = 'b'.repeat(32);
const at = '2026-01-31T10:15:00.000Z';
const decision = { status: 'approved', by: 'U2', at, actionTs: '1769854502.000200' } as const;
const correction = { label: 'Task', from: 'Bug', by: 'U2', at, via: 'slack' } as const;
const nothing = { decision: null, correction: null, unproven: null };
const mac = { key: expect.stringMatching(/^[0-9a-f]{8}$/), value: expect.stringMatching(/^[0-9a-f]{64}$/) };
const newer = deriveMarkKey('xoxb-newer', 'T1');
/** Those that a tracker under test has at first. */
export const contractKeys: MarkKeys = { current: deriveMarkKey('xoxb-contract', 'T1'), former: [] };

/** That nobody but a desktop of the workspace can say who decided and corrected, however he may edit the issue. */
export function trackerMarksContract(underTest: () => TrackerUnderTest): void {
  const record = (key: string, word: Decision = decision) =>
    underTest()
      .tracker.recordDecision(key, { requestId, ...word })
      .then((told) => told.decision);
  const relabel = (key: string) =>
    underTest().tracker.relabel(key, { requestId, ...correction }, defaultLabelToIssueType);
  const read = async (key: string, of = requestId) =>
    (await underTest().tracker.readMarks([{ key, requestId: of }])).get(of)?.marks;
  const partOf = (key: string, name: string) => {
    const part = underTest().property(key)?.[name];
    return typeof part === 'object' && part !== null ? part : {};
  };
  /** Changes the property as anybody who may edit the issue can. */
  const forge = (key: string, change: Record<string, unknown>) =>
    underTest().setProperty(key, { ...underTest().property(key), ...change });
  /** The same in one part of it; undefined takes a field away. */
  function forgeIn(key: string, name: 'decision' | 'correction', change: Record<string, unknown>): void {
    const fields = Object.entries({ ...partOf(key, name), ...change }).filter(([, value]) => value !== undefined);
    forge(key, { [name]: Object.fromEntries(fields) });
  }

  async function file(of = requestId): Promise<string> {
    return (await filed(underTest().tracker, draft({ requestId: of }))).key;
  }

  describe('what people said on an issue', () => {
    it('is sealed in one field beside it, where all else keeps its place', async () => {
      const key = await file();
      const before = underTest().property(key);
      expect(before).not.toHaveProperty('mac');
      await record(key);
      expect(underTest().property(key)).toEqual({ ...before, decision, mac });
      await relabel(key);
      const { label: _, ...how } = correction;
      expect(underTest().property(key)).toEqual({ ...before, label: 'Task', decision, correction: how, mac });
      expect(await read(key)).toEqual({ decision, correction, unproven: null });
    });

    it.each<[string, Record<string, unknown>, Record<string, unknown>?]>([
      ['the other way', { status: 'rejected' }],
      ['by another', { by: 'U666' }],
      ['at another time', { at: '2026-01-31T10:14:00.000Z' }],
      ['by an earlier click', { actionTs: '1.000100' }],
      ['without the time of a click', { actionTs: undefined }],
      ['all of it, back-dated', { status: 'rejected', by: 'U666', at: '2020-01-01T00:00:00.000Z', actionTs: '1.0' }],
      ['as it was, unsealed', {}, { mac: undefined }],
      ['as it was, with a seal that is none', {}, { mac: 'trust me' }],
      ['as it was, with a seal of zeros', {}, { mac: { key: '00000000', value: '0'.repeat(64) } }],
      ['as it was, with half a seal', {}, { mac: { key: '00000000' } }],
    ])(
      'is absent where somebody made the decision %s, and is written again with all else kept',
      async (_, change, around = {}) => {
        const key = await file();
        await record(key);
        forgeIn(key, 'decision', change);
        forge(key, { ...around, theirs: { note: 'keep me' } });
        expect(await read(key)).toMatchObject({ decision: null, correction: null });
        await relabel(key);
        expect(await read(key)).toEqual({ decision: null, correction, unproven: null });
        expect(underTest().property(key)).not.toHaveProperty('decision');
        expect(await record(key)).toEqual(decision);
        expect(await read(key)).toMatchObject({ decision, correction });
        expect(underTest().property(key)).toMatchObject({ label: 'Task', theirs: { note: 'keep me' } });
      },
    );

    it('that nobody sealed is not listed either, nor what it was corrected to', async () => {
      const key = await file();
      await record(key);
      await relabel(key);
      underTest().catchUp();
      const listed = async () => (await underTest().tracker.listIssues('KAN', null)).issues[0];
      expect(await listed()).toMatchObject({ decision, label: 'Task' });
      forgeIn(key, 'decision', { status: 'rejected' });
      forge(key, { label: 'Incident' });
      expect(await listed()).toMatchObject({ decision: null, label: null });
      expect(await underTest().tracker.getIssue(key)).toMatchObject({ label: null });
    });

    it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
      ['another label', { label: 'Incident' }, {}],
      ['another word before it', {}, { from: 'Question' }],
      ['another name', {}, { by: 'U666' }],
      ['nobody', {}, { by: null }],
      ['a later time', {}, { at: '2030-01-31T10:15:00.000Z' }],
      ['another way', {}, { via: 'window' }],
    ])('is absent where somebody gave a correction %s', async (_, around, change) => {
      const key = await file();
      await relabel(key);
      forge(key, around);
      forgeIn(key, 'correction', change);
      expect(await read(key)).toEqual(nothing);
      await relabel(key);
      expect(await read(key)).toMatchObject({ correction });
    });

    it('proves nothing on an issue that had none, of another request, or on another issue', async () => {
      const [first, second, third] = [await file(), await file(otherId), await file('c'.repeat(32))];
      await record(first);
      await relabel(first);
      const copied = { decision: partOf(first, 'decision'), correction: partOf(first, 'correction'), label: 'Task' };
      const { mac: copiedMac } = underTest().property(first) ?? {};
      forge(second, { ...copied, mac: copiedMac });
      expect(await read(second, otherId)).toEqual(nothing);
      // As a clone or a restored issue has it: whole.
      underTest().setProperty(second, underTest().property(first));
      expect(await read(second)).toEqual(nothing);
      expect(await read(second, otherId)).toBeUndefined();
      forge(third, copied);
      expect(await read(third, 'c'.repeat(32))).toEqual(nothing);
      // The request it is of is as much a part of it.
      forge(first, { requestId: 'c'.repeat(32) });
      expect(await read(first, 'c'.repeat(32))).toEqual(nothing);
      expect(await read(first)).toBeUndefined();
    });

    it('does not come from one issue for another, whatever that one’s property says', async () => {
      const [first, second] = [await file(), await file(otherId)];
      await record(first);
      underTest().setProperty(second, { requestId });
      const marks = await underTest().tracker.readMarks([
        { key: first, requestId },
        { key: second, requestId: otherId },
      ]);
      expect(
        [...marks].map(
          ([
            id,
            {
              marks: { decision: read },
            },
          ]) => [id, read],
        ),
      ).toEqual([[requestId, decision]]);
    });

    it('is missed where the whole property is gone', async () => {
      const key = await file();
      await record(key);
      underTest().setProperty(key, undefined);
      expect(await read(key)).toEqual(nothing);
      await record(key);
      expect(underTest().property(key)).toMatchObject({ requestId, decision });
    });

    it('does not stand against what is said later, where it is forged', async () => {
      const key = await file();
      forge(key, { decision: { ...decision, by: 'U666', status: 'rejected', actionTs: '1.0' } });
      expect(await record(key)).toEqual(decision);
      expect(await read(key)).toMatchObject({ decision });
    });

    it('is not sealed by what is written beside it', async () => {
      const key = await file();
      const theirs = { ...decision, by: 'U666' };
      forge(key, { decision: theirs });
      await relabel(key);
      expect(underTest().property(key)).not.toHaveProperty('decision');
      expect(await read(key)).toEqual({ decision: null, correction, unproven: null });
      const other = await file(otherId);
      forge(other, { label: 'Incident', correction: { ...correction, by: 'U666' } });
      await underTest().tracker.recordDecision(other, { requestId: otherId, ...decision });
      const stored = underTest().property(other);
      expect(stored).toMatchObject({ decision, requester: expect.anything(), channel: expect.anything() });
      expect(stored).not.toHaveProperty('correction');
      // It was the forged correction's.
      expect(stored).not.toHaveProperty('label');
    });

    it('is proven with just what was sealed with it: an earlier seal does not bring one of the two back', async () => {
      const [first, second] = [await file(), await file(otherId)];
      await record(first);
      const { mac: ofDecision } = underTest().property(first) ?? {};
      await relabel(first);
      forge(first, { mac: ofDecision });
      expect(await read(first)).toEqual(nothing);
      await underTest().tracker.relabel(second, { requestId: otherId, ...correction }, defaultLabelToIssueType);
      const { mac: ofCorrection } = underTest().property(second) ?? {};
      forge(second, { decision });
      expect(await read(second, otherId)).toEqual(nothing);
      await underTest().tracker.recordDecision(second, { requestId: otherId, ...decision });
      forge(second, { mac: ofCorrection });
      expect(await read(second, otherId)).toEqual(nothing);
    });

    it('takes a forged correction away with it, until a desktop says again what both were', async () => {
      const key = await file();
      await record(key);
      await relabel(key);
      forgeIn(key, 'correction', { by: 'U666' });
      forge(key, { label: 'Incident' });
      expect(await read(key)).toEqual(nothing);
      expect((await underTest().tracker.recordDecision(key, { requestId, ...decision, correction })).decision).toEqual(
        decision,
      );
      expect(await read(key)).toEqual({ decision, correction, unproven: null });
      const later = { ...correction, label: 'Question', at: '2026-01-31T10:16:00.000Z' } as const;
      await underTest().tracker.relabel(key, { requestId, ...later }, defaultLabelToIssueType);
      await underTest().tracker.recordDecision(key, { requestId, ...decision, correction });
      expect(await read(key)).toEqual({ decision, correction: later, unproven: null });
    });
  });

  describe('the keys of what people said', () => {
    it('prove what was sealed with a former one, and nothing once it is forgotten', async () => {
      const key = await file();
      await record(key);
      const old = underTest().property(key);
      underTest().useKeys({ current: newer, former: [contractKeys.current] });
      expect(await read(key)).toMatchObject({ decision, unproven: null });
      expect(await record(key)).toEqual(decision);
      expect(underTest().property(key)).toEqual(old);
      underTest().useKeys({ current: newer, former: [] });
      expect(await read(key)).toEqual({ decision: null, correction: null, unproven: decision });
      await record(key);
      expect(underTest().property(key)).toMatchObject({ mac: { key: newer.id } });
      expect(await read(key)).toMatchObject({ decision, unproven: null });
    });

    it('seal anew what a former one proves, where something is written beside it', async () => {
      const key = await file();
      await record(key);
      underTest().useKeys({ current: newer, former: [contractKeys.current] });
      await relabel(key);
      underTest().useKeys({ current: newer, former: [] });
      expect(await read(key)).toEqual({ decision, correction, unproven: null });
    });

    it('that are not here any more vouch for nothing, where something is written beside it', async () => {
      const key = await file();
      await record(key);
      underTest().useKeys({ current: newer, former: [] });
      await relabel(key);
      expect(await read(key)).toEqual({ decision: null, correction, unproven: null });
      expect(underTest().property(key)).not.toHaveProperty('decision');
    });

    it('that are not known yet say nothing of anything, and let nothing be stored', async () => {
      const key = await file();
      await record(key);
      const before = underTest().property(key);
      underTest().useKeys(null);
      underTest().catchUp();
      expect(await underTest().tracker.readMarks([{ key, requestId }])).toEqual(new Map());
      expect((await underTest().tracker.listIssues('KAN', null)).issues[0]).toMatchObject({ decision: null });
      const waiting = { code: 'unavailable', isHeldBack: true, retryAfterMs: expect.any(Number) };
      await expect(record(key)).rejects.toMatchObject(waiting);
      await expect(relabel(key)).rejects.toMatchObject(waiting);
      expect(underTest().property(key)).toEqual(before);
    });
  });
}
