import { describe, expect, it } from 'vitest';
import { filesOf, isWritten, markupOf, messageSchema } from '../../../electron/slack/message-text.ts';

const ts = '1.000001';
const markup = (message: object) => markupOf(messageSchema.parse({ ts, ...message }));
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const rich = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});

describe('the words of a message', () => {
  it('are what a person typed, as Slack’s text has it', () => {
    const blocks = [rich({ type: 'text', text: 'first' })];
    expect(markup({ text: '1. *first*\n2. <@U1>', user: 'U1', blocks })).toBe('1. *first*\n2. <@U1>');
  });

  it('are a program’s blocks, whose text is a line for notifications', () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'Disk full' } },
      { ...section('*db1* is at 99 %'), fields: [{ type: 'mrkdwn', text: '*Since*\nnoon' }] },
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: 'by Grafana' },
          { type: 'image', alt_text: 'graph' },
        ],
      },
      { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Silence' } }] },
      { type: 'divider' },
    ];
    const words = 'Disk full\n*db1* is at 99 %\n*Since*\nnoon\nby Grafana graph';
    expect(markup({ bot_id: 'B1', text: '', blocks })).toBe(words);
    expect(markup({ bot_id: 'B1', text: 'Disk full', blocks })).toBe(words);
    expect(markup({ bot_id: 'B1', text: 'New alert', blocks })).toBe(`New alert\n${words}`);
  });

  it('stand there once where they have signs that Slack escapes in one place only', () => {
    const url = 'https://a.example/?b=1&c=2';
    const blocks = [rich({ type: 'text', text: 'a < b && c > d, &lt; too: ' }, { type: 'link', url, text: 'R&D' })];
    const words = 'a &lt; b &amp;&amp; c &gt; d, &amp;lt; too: <https://a.example/?b=1&amp;c=2|R&amp;D>';
    expect(markup({ bot_id: 'B1', text: words, blocks })).toBe(words);
    expect(markup({ bot_id: 'B1', text: '', blocks })).toBe(words);
    expect(
      markup({
        user: 'U1',
        text: '',
        attachments: [{ is_share: true, text: words, message_blocks: [{ message: { blocks } }] }],
      }),
    ).toBe(words);
  });

  it('are the attachments of an alert, but not the preview of a link', () => {
    const alert = {
      fallback: 'f',
      pretext: 'Firing',
      title: 'CPU',
      text: '99 %',
      fields: [{ title: 'Host', value: 'db1' }],
    };
    const preview = { from_url: 'https://a.example', title: 'A page', text: 'Its beginning' };
    expect(markup({ bot_id: 'B1', attachments: [alert] })).toBe('Firing\nCPU\n99 %\nHost: db1');
    expect(markup({ user: 'U1', text: 'see <https://a.example>', attachments: [preview] })).toBe(
      'see <https://a.example>',
    );
    expect(markup({ bot_id: 'B1', attachments: [{ fallback: 'Only this' }] })).toBe('Only this');
  });

  it('are those of a forwarded message, below what is said of it', () => {
    const forwarded = {
      is_share: true,
      from_url: 'https://x.slack.com/archives/C1/p1',
      author_name: 'Ann',
      text: 'It burns',
    };
    expect(markup({ user: 'U1', text: '', attachments: [forwarded] })).toBe('Ann\nIt burns');
    expect(markup({ user: 'U1', text: 'Please', attachments: [forwarded] })).toBe('Please\n\nAnn\nIt burns');
  });

  it('keep the form that rich text has', () => {
    const item = (text: string) => ({ type: 'rich_text_section', elements: [{ type: 'text', text }] });
    const blocks = [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'user', user_id: 'U1' },
              { type: 'text', text: ' see ' },
              { type: 'link', url: 'https://a.example', text: 'this' },
              { type: 'emoji', name: 'fire' },
            ],
          },
          { type: 'rich_text_list', style: 'ordered', elements: [item('one'), item('two')] },
          { type: 'rich_text_list', style: 'bullet', elements: [item('dot')] },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'x = 1' }] },
          { type: 'rich_text_quote', elements: [{ type: 'text', text: 'a\nb' }] },
        ],
      },
    ];
    expect(markup({ text: '', blocks })).toBe(
      '<@U1> see <https://a.example|this>:fire:\n1. one\n2. two\n• dot\n```x = 1```\n&gt;a\n&gt;b',
    );
  });

  it('are cut where nobody could mean them, and never looked for too deep', () => {
    let nested: object = { type: 'text', text: 'deep' };
    for (let depth = 0; depth < 10_000; depth += 1) nested = { type: 'rich_text_section', elements: [nested] };
    expect(markup({ text: '', blocks: [nested] })).toBe('');
    expect(markup({ text: 'a'.repeat(300_000) })).toHaveLength(200_000);
    expect(markup({ text: null, blocks: 'x', attachments: { a: 1 }, files: 7 })).toBe('');
  });
});

it('the files of a message, and of one that it forwards, are those that are still there', () => {
  const file = {
    id: 'F1',
    name: 'a.png',
    size: 7,
    url_private: 'https://files.slack.com/a',
    permalink: 'https://x.slack.com/f',
  };
  const gone = { id: 'F2', mode: 'tombstone' };
  const elsewhere = { id: 'F3', title: 'Plan', file_access: 'check_file_info' };
  const message = { ts, files: [file, gone, 'x'], attachments: [{ is_share: true, files: [elsewhere] }] };
  expect(filesOf(messageSchema.parse(message))).toEqual([
    { id: 'F1', name: 'a.png', size: 7, url: 'https://files.slack.com/a', link: 'https://x.slack.com/f' },
    { id: 'F3', name: 'Plan', size: null, url: null, link: null },
  ]);
});

it.each([
  [true, undefined],
  [true, 'bot_message'],
  [true, 'file_share'],
  [true, 'thread_broadcast'],
  [false, 'channel_join'],
  [false, 'tombstone'],
  [false, 'message_changed'],
])('%s: a message of the kind %s says something', (says, subtype) => {
  expect(isWritten(messageSchema.parse({ ts, subtype }))).toBe(says);
});
