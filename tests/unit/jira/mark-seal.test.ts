import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { createMarkSeal, type Mark } from '../../../electron/jira/mark-seal.ts';
import { deriveMarkKey, type MarkKeys } from '../../../electron/network/mark-key.ts';

const place = { requestId: 'a'.repeat(32), issueId: '10007' };
const at = '2026-01-31T10:15:00.000Z';
const decision: Mark = {
  kind: 'decision',
  word: { status: 'approved', by: 'U2', at, actionTs: '1769854502.000200' },
};
const correction: Mark = { kind: 'correction', word: { label: 'Task', from: 'Bug', by: 'U2', at, via: 'slack' } };

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

it('seals a decision and a correction as the documents say', () => {
  const seal = sealOf('xoxb-1');
  const { requestId, issueId } = place;
  expect(seal.seal(decision, place)).toEqual({
    key: keyId,
    value: macOf([
      'ticket-agent mark 1',
      'decision',
      requestId,
      issueId,
      ...['approved', 'U2', at, '1769854502.000200', null, null],
    ]),
  });
  expect(seal.seal(decision, place).value).toBe('1dc39bcb4d649b21bdaba3844227de33aa1014605799ae1b61cf77c6d497dd52');
  expect(seal.seal(correction, place)).toEqual({
    key: keyId,
    value: macOf([
      'ticket-agent mark 1',
      'correction',
      requestId,
      issueId,
      ...['Task', 'U2', at, null, 'slack', 'Bug'],
    ]),
  });
});

it('proves what it sealed, and nothing else', () => {
  const seal = sealOf('xoxb-1');
  for (const mark of [decision, correction]) {
    const mac = seal.seal(mark, place);
    expect(seal.check(mark, place, mac)).toBe('proven');
    expect(seal.check(mark, { ...place, issueId: '10008' }, mac)).toBe('forged');
    expect(seal.check(mark, { ...place, requestId: 'b'.repeat(32) }, mac)).toBe('forged');
    expect(seal.check(mark, place, { ...mac, value: 'f'.repeat(64) })).toBe('forged');
    expect(seal.check(mark, place, null)).toBe('forged');
  }
  // Nothing can be moved from one field into the next.
  const moved = { requestId: `${place.requestId}","10007`, issueId: '' };
  expect(seal.check(decision, moved, seal.seal(decision, place))).toBe('forged');
});

it('proves what was sealed with a former token, and seals with the one in use', () => {
  const mac = sealOf('xoxb-old').seal(decision, place);
  expect(sealOf('xoxb-new', 'xoxb-older', 'xoxb-old').check(decision, place, mac)).toBe('proven');
  expect(sealOf('xoxb-new', 'xoxb-older').check(decision, place, mac)).toBe('unknown');
  expect(sealOf('xoxb-new', 'xoxb-old').seal(decision, place).key).toBe(deriveMarkKey('xoxb-new', 'T1').id);
});

it('takes a key by its name for what it is, and not for another one of that name', () => {
  const mac = sealOf('xoxb-1').seal(decision, place);
  const namesake = { id: keyId, secret: deriveMarkKey('xoxb-2', 'T1').secret };
  const both = createMarkSeal(() => ({ current: namesake, former: [deriveMarkKey('xoxb-1', 'T1')] }));
  expect(both.check(decision, place, mac)).toBe('proven');
  expect(createMarkSeal(() => ({ current: namesake, former: [] })).check(decision, place, mac)).toBe('forged');
});

it('neither seals nor proves before there is a key, and asks for it each time', () => {
  let keys: MarkKeys | null = null;
  const seal = createMarkSeal(() => keys);
  const mac = sealOf('xoxb-1').seal(decision, place);
  expect(seal.isReady()).toBe(false);
  expect(seal.check(decision, place, mac)).toBe('unknown');
  expect(() => seal.seal(decision, place)).toThrow(expect.objectContaining({ code: 'unavailable' }));
  keys = keysOf('xoxb-1');
  expect(seal.isReady()).toBe(true);
  expect(seal.check(decision, place, mac)).toBe('proven');
});
