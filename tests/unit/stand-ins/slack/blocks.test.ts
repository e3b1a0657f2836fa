import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../../stand-ins/slack/blocks.ts';
import { SlackFailure } from '../../../../stand-ins/slack/failure.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const button = (given: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...given });
const x = (count: number) => 'x'.repeat(count);

function faultsOf(...blocks: unknown[]): unknown {
  try {
    checkBlocks(blocks, () => 'id');
    return [];
  } catch (thrown) {
    if (thrown instanceof SlackFailure) return thrown.details['errors'];
    throw thrown;
  }
}

describe('Block Kit limits', () => {
  it.each([
    ['a header', { type: 'header', text: plain(x(150)) }],
    ['a section', { type: 'section', text: mrkdwn(x(3000)) }],
    ['ten fields', { type: 'section', fields: Array.from({ length: 10 }, () => mrkdwn('x')) }],
    ['a long field', { type: 'section', fields: [mrkdwn(x(2000))] }],
    ['ten context elements', { type: 'context', elements: Array.from({ length: 10 }, () => mrkdwn('x')) }],
    [
      'a full button',
      { type: 'actions', elements: [button({ text: plain(x(75)), value: x(2000), action_id: x(255) })] },
    ],
    ['a divider', { type: 'divider', block_id: x(255) }],
  ])('%s at the limit passes', (_what, block) => {
    expect(faultsOf(block)).toEqual([]);
  });

  it.each([
    [
      'a long header',
      { type: 'header', text: plain(x(151)) },
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'mrkdwn in a header',
      { type: 'header', text: mrkdwn('x') },
      'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
    ],
    [
      'an eleventh field',
      { type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn('x')) },
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      'a long field',
      { type: 'section', fields: [mrkdwn(x(2001))] },
      'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
    ],
    ['an empty section', { type: 'section' }, 'must define either `text` or `fields` [json-pointer:/blocks/0]'],
    [
      'a long button',
      { type: 'actions', elements: [button({ text: plain(x(76)) })] },
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      'a long value',
      { type: 'actions', elements: [button({ value: x(2001) })] },
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
    ],
    ['an unknown block', { type: 'carousel' }, 'unsupported type: carousel [json-pointer:/blocks/0/type]'],
    [
      'an unknown property',
      { type: 'divider', color: 'red' },
      'invalid additional property: color [json-pointer:/blocks/0]',
    ],
    [
      'emoji in mrkdwn',
      { type: 'section', text: { ...mrkdwn('x'), emoji: true } },
      'invalid additional property: emoji [json-pointer:/blocks/0/text]',
    ],
  ])('%s is refused by name and place', (_what, block, fault) => {
    expect(faultsOf(block)).toEqual([fault]);
  });

  it('refuses a block_id twice', () => {
    const block = { type: 'divider', block_id: 'same' };
    expect(faultsOf(block, block)).toEqual(['`block_id` already exists [json-pointer:/blocks/1/block_id]']);
  });

  it('fills in what Slack fills in', () => {
    const [stored] = checkBlocks([{ type: 'section', text: mrkdwn('x') }], () => 'made');
    expect(stored).toEqual({ type: 'section', block_id: 'made', text: { type: 'mrkdwn', text: 'x', verbatim: false } });
  });
});
