import { describe, expect, it } from 'vitest';
import { decodeTypeValue, typeList } from '../../../electron/slack/type-choice.ts';
import { aTicket } from '../../fakes/ticket.ts';

const valuesOf = (...given: Parameters<typeof typeList>) =>
  (typeList(...given).options ?? []).map(({ value = '' }) => value);

describe('what an option of "Wrong type?" carries', () => {
  it('comes back as it went out, with who asked', () => {
    const [value] = valuesOf(aTicket());
    expect(decodeTypeValue(value)).toEqual({ request: aTicket().requestId, key: 'KAN-7', label: 'Task', user: 'U1' });
  });

  it('fits into the 150 characters that Slack allows, with the longest key and id', () => {
    const longest = aTicket({ issueKey: `${'K'.repeat(10)}-2147483647`, user: `W${'0'.repeat(20)}` });
    for (const value of valuesOf(longest)) expect(value.length).toBeLessThanOrEqual(150);
  });

  it('is understood on messages of older versions, which do not say who asked', () => {
    const { requestId: request } = aTicket();
    const older = JSON.stringify({ request, key: 'KAN-7', label: 'Bug' });
    expect(decodeTypeValue(older)).toEqual({ request, key: 'KAN-7', label: 'Bug', user: '' });
  });
});
