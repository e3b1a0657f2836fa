import { describe, expect, it } from 'vitest';
import { createFilingEmoji } from '../../../electron/slack/filing-emoji.ts';
import { AppError } from '../../../shared/errors.ts';

const ops = { id: 'C01234567', name: 'ops' };
const of = { channel: ops.id, requestId: 'a' };
const never = () => new Promise<never>(() => {});

/** Rules by name: `:fire:` files in #ops alone, `:ticket:` everywhere else. */
function anEmoji(ofChannel: () => Promise<string | null>, wait: () => Promise<void> = never) {
  const channels = () => ({ ops: { emoji: 'fire' } });
  return createFilingEmoji({ names: { ofChannel }, channels, wait });
}

describe('an emoji that files in some channels', () => {
  it.each(['fire', 'ticket'])('is judged at once where Slack tells the channel’s name: %s', async (emoji) => {
    const { files, isWanted } = anEmoji(async () => 'ops');
    expect(await files(emoji, of)).toBe(emoji === 'fire');
    expect(isWanted('a', ops)).toBe(true);
  });

  it.each([
    ['late', never, async () => {}],
    ['not told', () => Promise.reject(new AppError('rate_limited', 'Later.')), never],
  ])('is written down where the name is %s, and judged once it is known', async (_, ofChannel, wait) => {
    const { files, isWanted } = anEmoji(ofChannel, wait);
    for (const emoji of ['fire', 'ticket']) expect(await files(emoji, { ...of, requestId: emoji })).toBe(true);
    expect(isWanted('fire', ops)).toBe(true);
    expect(isWanted('ticket', ops)).toBe(false);
    expect(await files('wave', of)).toBe(false);
  });

  it('is wanted where one of two that were written down is', async () => {
    const { files, isWanted } = anEmoji(never, async () => {});
    for (const emoji of ['ticket', 'fire']) await files(emoji, of);
    expect(isWanted('a', ops)).toBe(true);
  });
});
