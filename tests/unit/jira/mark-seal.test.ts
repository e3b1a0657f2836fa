import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { createMarkSeal } from '../../../electron/jira/marks/mark-seal.ts';
import { deriveMarkKey, type MarkKeys } from '../../../electron/network/mark-key.ts';
import type { IssueMarks } from '../../../electron/tickets/ports/issue-tracker.ts';

const place = { requestId: 'a'.repeat(32), issueId: '10007' };
const at = '2026-01-31T10:15:00.000Z';
const decision = { status: 'approved', by: 'U2', at, actionTs: '1769854502.000200' } as const;
const correction = { label: 'Task', from: 'Bug', by: 'U3', at: '2026-01-31T10:16:00.000Z', via: 'slack' } as const;
const both: IssueMarks = { decision, correction };
const onlyDecision: IssueMarks = { decision, correction: null };
const onlyCorrection: IssueMarks = { decision: null, correction };

/** The recipe of docs/architecture.md, once more. */
const secret = Buffer.from(hkdfSync('sha256', 'xoxb-1', 'ai-ticket-agent', 'ticket-agent mark 1 T1', 32));
const keyId = createHash('sha256').update(secret).digest('hex').slice(0, 8);
const macOf = (sealed: unknown) => createHmac('sha256', secret).update(JSON.stringify(sealed)).digest('hex');

const keysOf = (token: string, ...former: string[]): MarkKeys => ({
  current: deriveMarkKey(token, 'T1'),
  former: former.map((each) => deriveMarkKey(each, 'T1')),
});
const sealOf = (...tokens: [string, ...string[]]) => createMarkSeal(() => keysOf(...tokens));

it('derives one key from token and team, and calls it by what tells nothing of it', () => {
  expect(deriveMarkKey('xoxb-1', 'T1')).toEqual({ id: keyId, secret });
  // Reckoned once and kept, so that no later version gives another key unnoticed.
  expect(keyId).toBe('26686084');
  expect(deriveMarkKey('xoxb-2', 'T1').id).not.toBe(keyId);
  expect(deriveMarkKey('xoxb-1', 'T2').id).not.toBe(keyId);
});

it('seals a decision and a correction together, as the documents say', () => {
  const seal = sealOf('xoxb-1');
  const start = ['ticket-agent marks 1', place.requestId, place.issueId];
  const decided = ['approved', 'U2', at, '1769854502.000200'];
  const corrected = ['Task', 'U3', '2026-01-31T10:16:00.000Z', 'slack', 'Bug'];
  const withoutClick: IssueMarks = { decision: { status: 'rejected', by: 'U2', at }, correction: null };
  expect(seal.seal(both, place)).toEqual({ key: keyId, value: macOf([...start, decided, corrected]) });
  expect(seal.seal(both, place).value).toBe('8376a163fe9d1a5ec7c9ecf4f762c62dbb75989ac5a1453af3ad28660eda36b0');
  expect(seal.seal(onlyDecision, place).value).toBe(macOf([...start, decided, null]));
  expect(seal.seal(onlyCorrection, place).value).toBe(macOf([...start, null, corrected]));
  expect(seal.seal(withoutClick, place).value).toBe(macOf([...start, ['rejected', 'U2', at, null], null]));
});

it('proves what it sealed, and nothing else', () => {
  const seal = sealOf('xoxb-1');
  for (const marks of [both, onlyDecision, onlyCorrection]) {
    const mac = seal.seal(marks, place);
    expect(seal.check(marks, place, mac)).toBe('proven');
    expect(seal.check(marks, { ...place, issueId: '10008' }, mac)).toBe('forged');
    expect(seal.check(marks, { ...place, requestId: 'b'.repeat(32) }, mac)).toBe('forged');
    expect(seal.check(marks, place, { ...mac, value: 'f'.repeat(64) })).toBe('forged');
    expect(seal.check(marks, place, null)).toBe('forged');
    for (const others of [both, onlyDecision, onlyCorrection]) {
      if (others !== marks) expect(seal.check(others, place, mac)).toBe('forged');
    }
  }
  // Nothing can be moved from one field into the next.
  const moved = { requestId: `${place.requestId}","10007`, issueId: '' };
  expect(seal.check(both, moved, seal.seal(both, place))).toBe('forged');
});

it.each<[string, IssueMarks]>([
  ['status', { correction, decision: { ...decision, status: 'rejected' } }],
  ['decider', { correction, decision: { ...decision, by: 'U9' } }],
  ['time', { correction, decision: { ...decision, at: '2026-01-31T10:14:00.000Z' } }],
  ['click', { correction, decision: { ...decision, actionTs: '1.0' } }],
  ['label', { decision, correction: { ...correction, label: 'Incident' } }],
  ['corrector', { decision, correction: { ...correction, by: null } }],
  ['time of the correction', { decision, correction: { ...correction, at } }],
  ['way', { decision, correction: { ...correction, via: 'window' } }],
  ['label before', { decision, correction: { ...correction, from: null } }],
])('does not prove another %s', (_, marks) => {
  const seal = sealOf('xoxb-1');
  expect(seal.check(marks, place, seal.seal(both, place))).toBe('forged');
});

it('proves what was sealed with a former token, and seals with the one in use', () => {
  const mac = sealOf('xoxb-old').seal(both, place);
  expect(sealOf('xoxb-new', 'xoxb-older', 'xoxb-old').check(both, place, mac)).toBe('proven');
  expect(sealOf('xoxb-new', 'xoxb-older').check(both, place, mac)).toBe('unknown');
  expect(sealOf('xoxb-new', 'xoxb-old').seal(both, place).key).toBe(deriveMarkKey('xoxb-new', 'T1').id);
});

it('takes a key by its name for what it is, and not for another one of that name', () => {
  const mac = sealOf('xoxb-1').seal(both, place);
  const namesake = { id: keyId, secret: deriveMarkKey('xoxb-2', 'T1').secret };
  const namesakes = createMarkSeal(() => ({ current: namesake, former: [deriveMarkKey('xoxb-1', 'T1')] }));
  expect(namesakes.check(both, place, mac)).toBe('proven');
  expect(createMarkSeal(() => ({ current: namesake, former: [] })).check(both, place, mac)).toBe('forged');
});

it('neither seals nor proves before there is a key, and asks for it each time', () => {
  let keys: MarkKeys | null = null;
  const seal = createMarkSeal(() => keys);
  const mac = sealOf('xoxb-1').seal(both, place);
  expect(seal.isReady()).toBe(false);
  expect(seal.check(both, place, mac)).toBe('unknown');
  expect(() => seal.seal(both, place)).toThrow(expect.objectContaining({ code: 'unavailable' }));
  keys = keysOf('xoxb-1');
  expect(seal.isReady()).toBe(true);
  expect(seal.check(both, place, mac)).toBe('proven');
});
