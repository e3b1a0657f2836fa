import { afterEach, describe, expect, it } from 'vitest';
import { openJira } from '../../../electron/jira/api/open-jira.ts';
import { toAdf } from '../../../electron/jira/texts/adf.ts';
import { toWiki } from '../../../electron/jira/texts/wiki.ts';
import { firstLineWithWords } from '../../../electron/rich-text/first-line.ts';
import { readMrkdwn } from '../../../electron/rich-text/read-mrkdwn.ts';
import { plainText } from '../../../electron/rich-text/rich-text.ts';
import type { LoopbackServer } from '../../../stand-ins/loopback-server.ts';
import { jiraError, startScriptedJira } from './scripted-jira.ts';

let jira: LoopbackServer;
afterEach(() => jira.close());

async function start(routes: Parameters<typeof startScriptedJira>[0]) {
  jira = await startScriptedJira(routes);
  return openJira({ deployment: 'cloud', baseUrl: jira.origin, email: 'ada@example.com', apiToken: 'secret-token' });
}

const ok = (body: unknown) => ({ status: 200, body });
const paragraph = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const comment = (id: string, more: object) => ({
  id,
  author: { accountId: 'other' },
  body: paragraph('Hello'),
  ...more,
});

describe('a comment of ours', () => {
  it('carries the request’s id as its property', async () => {
    const api = await start({ 'POST /issue/KAN-1/comment': { status: 201, body: comment('1', {}) } });
    await api.addComment('KAN-1', plainText('The VPN is down'), { requestId: 'r1' });
    expect(JSON.parse(jira.requests[0]?.body ?? '')).toEqual({
      body: paragraph('The VPN is down'),
      properties: [{ key: 'ticket-agent', value: { requestId: 'r1' } }],
    });
  });

  it('is known by the property, whoever wrote it', async () => {
    const properties = [{ key: 'ticket-agent', value: { requestId: 'r1' } }];
    const comments = [comment('1', { properties: [] }), comment('2', { properties })];
    const api = await start({ 'GET /issue/KAN-1/comment': ok({ comments }) });
    expect(await api.findComment('KAN-1', 'r1')).not.toBeNull();
    expect(await api.findComment('KAN-1', 'r2')).toBeNull();
    expect(jira.requests).toHaveLength(2);
  });

  it('is known by a property that is not listed', async () => {
    const api = await start({
      'GET /issue/KAN-1/comment': ok({ comments: [comment('1', {}), comment('2', {})] }),
      'GET /comment/2/properties/ticket-agent': ok({ key: 'ticket-agent', value: { requestId: 'r1' } }),
    });
    expect(await api.findComment('KAN-1', 'r1')).not.toBeNull();
    expect(await api.findComment('KAN-1', 'r2')).toBeNull();
  });

  it('is looked for where a server has no properties of comments, and says so with a page', async () => {
    const api = await start({
      'GET /issue/KAN-1/comment': ok({ comments: [comment('1', { author: { accountId: 'me' } })] }),
      'GET /comment/1/properties/ticket-agent': { status: 404, body: '<html>Not found</html>' },
      'GET /myself': ok({ accountId: 'me' }),
    });
    expect(await api.findComment('KAN-1', 'r1', 'Hello')).not.toBeNull();
  });

  it.each([
    ['Asked by *Ada* (U1)', 'me', true],
    ['Asked by somebody else', 'me', false],
    ['Asked by *Ada* (U1)', 'other', false],
  ])('is known without properties by its account and its first line: %s, by %s', async (line, accountId, isIt) => {
    const body = paragraph(line);
    const api = await start({
      'GET /issue/KAN-1/comment': ok({ comments: [comment('1', { author: { accountId }, body })] }),
      'GET /myself': ok({ accountId: 'me', displayName: 'Ticket Agent' }),
    });
    expect((await api.findComment('KAN-1', 'r1', 'Asked by Ada (U1)')) !== null).toBe(isIt);
    expect(await api.findComment('KAN-1', 'r1')).toBeNull();
  });

  it.each([
    ['1. Stock: Drucker kaputt'],
    ['3. Etage ohne Strom\n4. auch'],
    ['1. a\n2. b'],
    [':acme-logo:\nVPN _down_'],
    ['> :acme-logo: *VPN*'],
    ['```\n{code} x\n```'],
  ])('is known without properties however its first line is written: %j', async (markup) => {
    const text = readMrkdwn(markup);
    for (const body of [toAdf(text), toWiki(text)]) {
      const api = await start({
        'GET /issue/KAN-1/comment': ok({ comments: [comment('1', { author: { accountId: 'me' }, body })] }),
        'GET /myself': ok({ accountId: 'me' }),
      });
      expect(await api.findComment('KAN-1', 'r1', firstLineWithWords(text))).not.toBeNull();
      await jira.close();
    }
  });

  it('is not the one of another request that reads the same', async () => {
    const properties = [{ key: 'ticket-agent', value: { requestId: 'r2' } }];
    const author = { accountId: 'me' };
    const api = await start({
      'GET /issue/KAN-1/comment': ok({ comments: [comment('1', { author, properties })] }),
      'GET /myself': ok({ accountId: 'me' }),
    });
    expect(await api.findComment('KAN-1', 'r1', 'Hello')).toBeNull();
  });
});

describe('a file', () => {
  it('goes as multipart, past the protection against forged forms', async () => {
    const api = await start({ 'POST /issue/KAN-1/attachments': ok([]) });
    await api.attach('KAN-1', { name: 'request.txt', content: 'Grüße, the rest' });
    const { headers, body } = jira.requests[0] ?? {};
    expect(headers).toMatchObject({
      'content-type': expect.stringMatching(/^multipart\/form-data; boundary=/),
      'x-atlassian-token': 'no-check',
    });
    expect(body).toContain('name="file"; filename="request.txt"');
    expect(body).toContain('Content-Type: text/plain; charset=utf-8\r\n\r\nGrüße, the rest\r\n');
  });

  it('is listed by its name', async () => {
    const attachment = [{ id: '1', filename: 'request.txt' }];
    const api = await start({ 'GET /issue/KAN-1': ok({ id: '1', key: 'KAN-1', fields: { attachment } }) });
    expect(await api.attachmentNames('KAN-1')).toEqual(['request.txt']);
    expect(jira.requests[0]?.query.get('fields')).toBe('attachment');
  });

  it('is none where the project has no attachments', async () => {
    const api = await start({ 'GET /issue/KAN-1': ok({ id: '1', key: 'KAN-1', fields: {} }) });
    expect(await api.attachmentNames('KAN-1')).toEqual([]);
  });
});

describe('an account by its address', () => {
  const ada = { accountId: 'a1', accountType: 'atlassian', active: true, displayName: 'Ada' };
  it.each([
    ['hides its address', [ada], { accountId: 'a1' }],
    ['has the address', [{ ...ada, emailAddress: 'Ada@Example.com' }], { accountId: 'a1' }],
    [
      'has it beside others',
      [
        { ...ada, emailAddress: 'ada@example.com' },
        { ...ada, accountId: 'a2' },
      ],
      { accountId: 'a1' },
    ],
    ['has another address', [{ ...ada, emailAddress: 'nada@example.com' }], null],
    ['is one of several', [ada, { ...ada, accountId: 'a2' }], null],
    ['is not active', [{ ...ada, active: false }], null],
    ['is an app', [{ ...ada, accountType: 'app' }], null],
    ['is not there', [], null],
  ])('whoever %s', async (_what, people, account) => {
    const api = await start({ 'GET /user/search': ok(people) });
    expect(await api.findAccount('ada@example.com')).toEqual(account);
    expect(jira.requests[0]?.query.get('query')).toBe('ada@example.com');
  });

  it.each([
    ['may not browse users', jiraError(403, 'No.'), null],
    ['lacks the scope', { status: 401, body: { message: 'Unauthorized; scope does not match' } }, null],
    ['is not known', jiraError(401, 'Not logged in.'), 'unauthorized'],
    ['is to slow down', jiraError(429, 'Slowly.'), 'rate_limited'],
  ])('is not looked up by an account that %s', async (_what, answer, code) => {
    const api = await start({ 'GET /user/search': answer });
    const looked = api.findAccount('ada@example.com');
    if (code === null) expect(await looked).toBeNull();
    else await expect(looked).rejects.toMatchObject({ code });
  });
});
