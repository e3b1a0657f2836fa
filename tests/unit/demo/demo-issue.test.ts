import { expect, it } from 'vitest';
import { readIssue } from '../../../electron/demo/demo-issue.ts';
import { fieldWords } from '../../../electron/demo/field-words.ts';
import { createJiraSite } from '../../../stand-ins/jira/site.ts';

const people = [{ accountId: '1', name: 'bob', email: 'bob@example.com', displayName: 'Bob Brown' }].map((person) => ({
  ...person,
  emailVisibility: 'shown' as const,
  active: true,
  mayReport: true,
}));
const jira = { people, paragraphs: () => ['one', 'two'] };
const allowedValues = [
  { id: '10', value: 'Hardware', children: [{ id: '11', value: 'Laptop' }] },
  { id: '20', name: 'High' },
];

it.each([
  ['a word', 'a word'],
  [7, '7'],
  [['a', 'b'], 'a, b'],
  [{ id: '20' }, 'High'],
  [{ value: 'Blue' }, 'Blue'],
  [{ id: '10', child: { id: '11' } }, 'Hardware > Laptop'],
  [[{ accountId: '1' }, { name: 'Backend' }], 'Bob Brown, Backend'],
  [{ name: 'bob' }, 'Bob Brown'],
  [{ type: 'doc', version: 1, content: [] }, 'one\ntwo'],
])('a field that holds %j shows %s', (value, words) => {
  expect(fieldWords({ allowedValues }, value, jira)).toBe(words);
});

it('an issue shows fields, files and comments by the names of people, and no property of the app', async () => {
  const site = await createJiraSite();
  await site.close();
  const issue = site.addIssue({
    projectKey: 'KAN',
    issueType: 'Bug',
    fields: { summary: 'VPN', priority: { name: 'High' }, labels: ['ticket-agent'] },
    properties: { 'ticket-agent': { decision: { status: 'approved' } } },
    attachments: [{ id: '1', name: 'a.txt', mimeType: 'text/plain', content: 'abc', author: site.email, createdAt: 0 }],
  });
  const shown = readIssue(issue, site);
  expect(shown).toMatchObject({
    fields: [{ name: 'Priority', value: 'High' }],
    reporter: 'Demo Account',
    assignee: null,
    attachments: [{ name: 'a.txt', bytes: 3 }],
  });
  expect(JSON.stringify(shown)).not.toContain('approved');
});
