import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeSlackText } from '../../../electron/rich-text/slack-sequences.ts';
import { decodeSlackText } from '../../../electron/slack/text.ts';

describe('decodeSlackText', () => {
  it.each([
    ['a &lt;b&gt; &amp;&amp; c', 'a <b> && c'],
    ['ask <@U123|bob> in <#C9|help>', 'ask @bob in #help'],
    ['ask <@U123>', 'ask @U123'],
    ['<!channel> <!subteam^S1|@ops> <!subteam^S1>', '@channel @ops @subteam'],
    ['see <https://a.example/x?y=1&amp;z=2>', 'see https://a.example/x?y=1&z=2'],
    ['see <https://a.example|the page>', 'see the page (https://a.example)'],
    ['<mailto:a@b.example|a@b.example>', 'a@b.example'],
    ['ask <@U123|Ann Lee> <!here|here> <tel:+49123|+49 123>', 'ask @Ann Lee @here +49 123 (tel:+49123)'],
    ['<!date^1392734382^{date} at {time}^https://a.example|18 Feb> a <b> c', '18 Feb (https://a.example) a <b> c'],
    ['&amp;lt; stays as typed', '&lt; stays as typed'],
  ])('reads %j as a person saw it', (raw, text) => {
    expect(decodeSlackText(raw)).toBe(text);
  });

  it('reads all that Slack takes from a person, and cuts what nobody typed', () => {
    const typed = '&'.repeat(40_000);
    expect(decodeSlackText(escapeSlackText(typed))).toBe(typed);
    expect(decodeSlackText('<@'.repeat(500_000))).toHaveLength(100_000);
  });

  it('gives back whatever was escaped on the way out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeSlackText(escapeSlackText(text))).toBe(text);
      }),
    );
  });
});

describe('escapeSlackText', () => {
  it('leaves nothing that Slack could take for a mention or a link', () => {
    expect(escapeSlackText('<!channel> <https://x|y> & <@U1>')).toBe(
      '&lt;!channel&gt; &lt;https://x|y&gt; &amp; &lt;@U1&gt;',
    );
  });
});
