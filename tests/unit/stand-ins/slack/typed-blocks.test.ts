import { expect, it } from 'vitest';
import { typedBlocks } from '../../../../stand-ins/slack/typed-blocks.ts';

it('keeps what a person wrote as rich text, beside the text', () => {
  const [block] = typedBlocks(
    '<@U1> a &lt; b, see <https://x.example/?a=1&amp;b=2|log> in <#C1|help> :fire: <!here>',
    'b1',
  );
  expect(block).toEqual({
    type: 'rich_text',
    block_id: 'b1',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'user', user_id: 'U1' },
          { type: 'text', text: ' a < b, see ' },
          { type: 'link', url: 'https://x.example/?a=1&b=2', text: 'log' },
          { type: 'text', text: ' in ' },
          { type: 'channel', channel_id: 'C1' },
          { type: 'text', text: ' ' },
          { type: 'emoji', name: 'fire' },
          { type: 'text', text: ' ' },
          { type: 'broadcast', range: 'here' },
        ],
      },
    ],
  });
  expect(typedBlocks('', 'b1')).toEqual([]);
});
