import { expect, it } from 'vitest';
import { aWorld, theTicket } from './desk.ts';

const byAlice = { user: 'alice', channel: 'support' };
const typed = [
  '```',
  'Error: {disk} is *full*',
  '```',
  '*Since noon* _nothing_ ~works~ on `db_1`, see https://a.example/x_y',
  '1. restart',
  '2. wait :tada:',
  '> [~admin] !shot.png!',
].join('\n');

it('what is typed in Slack keeps its form in Jira Cloud', async () => {
  const { slack, jira, desk } = await aWorld();
  const { log } = await desk();
  await slack.slash('/ticket', typed, byAlice);
  const ticket = await theTicket(log, ({ step }) => step === 'announced');
  expect(ticket).toMatchObject({ summary: 'Error: {disk} is *full*', text: typed });
  expect(ticket.markup).toContain('*Since noon*');
  const text = (words: string, ...marks: object[]) => ({
    type: 'text',
    text: words,
    ...(marks.length > 0 ? { marks } : {}),
  });
  const item = (words: string) => ({ type: 'listItem', content: [{ type: 'paragraph', content: [text(words)] }] });
  expect(jira.issues[0]?.fields['description']).toMatchObject({
    content: [
      { type: 'codeBlock', content: [text('Error: {disk} is *full*')] },
      {
        type: 'paragraph',
        content: [
          text('Since noon', { type: 'strong' }),
          text(' '),
          text('nothing', { type: 'em' }),
          text(' '),
          text('works', { type: 'strike' }),
          text(' on '),
          text('db_1', { type: 'code' }),
          text(', see '),
          text('https://a.example/x_y', { type: 'link', attrs: { href: 'https://a.example/x_y' } }),
        ],
      },
      { type: 'orderedList', content: [item('restart'), item('wait 🎉')] },
      { type: 'blockquote', content: [{ type: 'paragraph', content: [text('[~admin] !shot.png!')] }] },
      { type: 'rule' },
      { type: 'paragraph' },
    ],
  });
});

it('what is typed in Slack keeps its form in a Data Center, where it means nothing else', async () => {
  const { slack, jira, desk } = await aWorld({ jira: { deployment: 'datacenter' } });
  const { log } = await desk();
  await slack.slash('/ticket', typed, byAlice);
  await theTicket(log, ({ step }) => step === 'announced');
  const [words] = String(jira.issues[0]?.fields['description']).split('\n\n----\n\n');
  expect(words).toBe(
    [
      '{code}\nError: {disk} is *full*\n{code}',
      '*Since noon* _nothing_ -works- on {{db_1}}, see [https://a.example/x_y]',
      '# restart\n# wait 🎉',
      '{quote}\n\\[~admin\\] \\!shot.png\\!\n{quote}',
    ].join('\n\n'),
  );
});
