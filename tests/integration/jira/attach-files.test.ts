import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DraftFile } from '../../../electron/tickets/ports/issue-tracker.ts';
import { AppError } from '../../../shared/errors.ts';
import { createJiraSite, type JiraSiteOptions } from '../../../stand-ins/jira/site.ts';
import { dataCenters } from '../../contract/data-centers.ts';
import { draft } from '../../unit/jira/draft.ts';
import { inTurn, jiraError, startScriptedJira, trackerFor } from './scripted-jira.ts';

/** A file of a message; `content`: what is fetched, or why it is not. */
function aFile(
  change: Partial<Omit<DraftFile, 'fetch'>> & { content?: string | Uint8Array<ArrayBuffer> | AppError } = {},
): DraftFile {
  const { content = 'words', ...file } = change;
  return {
    ...{ id: 'F1', name: 'log.txt', size: null, link: 'https://acme.slack.com/files/U1/F1/log.txt' },
    ...file,
    async fetch(most, use) {
      if (content instanceof AppError) throw content;
      const blob = new Blob([content], { type: 'text/plain' });
      if (blob.size > most) throw new AppError('invalid_input', 'Too large.');
      return use(blob);
    },
  };
}

async function aSite(options: JiraSiteOptions = {}) {
  const site = await createJiraSite(options);
  onTestFinished(site.close);
  const { baseUrl, email, apiToken, deployment } = site;
  const tracker = trackerFor(baseUrl, { deployment, email: deployment === 'cloud' ? email : null, apiToken });
  const issue = site.addIssue({ projectKey: 'KAN', issueType: 'Task', fields: {} });
  const attach = (...files: DraftFile[]) => tracker.attachFiles(issue.key, draft({ files }));
  return { site, tracker, issue, attach, names: () => issue.attachments.map(({ name }) => name) };
}

describe.each([
  ['Cloud', {}],
  ['a Data Center', dataCenters.keeping],
] as const)('the files of a message, on %s', (_, make) => {
  it('are attached, each once, however often that is asked for', async () => {
    const { attach, names, issue } = await aSite(make);
    const files = [aFile(), aFile({ id: 'F2', content: 'others' })];
    expect(await attach(...files)).toBeNull();
    expect(await attach(...files)).toBeNull();
    expect(names()).toEqual(['log-F1.txt', 'log-F2.txt']);
    expect(issue.attachments.map(({ content }) => content)).toEqual(['words', 'others']);
  });

  it('are looked for where an answer was lost', async () => {
    const { attach, names, site } = await aSite(make);
    site.failNext('addAttachment', 'cut_after_commit');
    await expect(attach(aFile(), aFile({ id: 'F2' }))).rejects.toMatchObject({ code: 'unconfirmed' });
    expect(await attach(aFile(), aFile({ id: 'F2' }))).toBeNull();
    expect(names()).toEqual(['log-F1.txt', 'log-F2.txt']);
  });

  it('stay in Slack where they are larger than Jira takes, said to be or found to be, and the others come', async () => {
    const { attach, names } = await aSite({ ...make, attachmentLimit: 2048 });
    const said = await attach(
      aFile({ id: 'F1', name: 'movie.mov', size: 900_000_000, content: new AppError('bug', 'It was fetched.') }),
      aFile({ id: 'F2', name: 'dump.bin', content: 'x'.repeat(3_000) }),
      aFile({ id: 'F3' }),
    );
    expect(said).toBe(
      'Not attached to KAN-1, but named there with their links: “movie.mov”, “dump.bin” (larger than the 2 kB that this Jira takes).',
    );
    expect(names()).toEqual(['log-F3.txt']);
  });

  it('stay in Slack where attachments are off, without being fetched', async () => {
    const { attach, names } = await aSite({ ...make, attachmentsOn: false });
    expect(await attach(aFile({ content: new AppError('bug', 'It was fetched.') }))).toMatch(/turned off in this Jira/);
    expect(names()).toEqual([]);
  });

  it('stay in Slack where this account may not attach', async () => {
    const { attach, site } = await aSite(make);
    site.setPermission('KAN', 'attach', false);
    expect(await attach(aFile())).toMatch(/“log.txt” \(Jira refused it\)/);
  });

  it.each([
    ['forbidden', /Slack does not give it out/],
    ['not_found', /it is not in Slack any more/],
  ] as const)('stay in Slack where it says %s, and the others come', async (code, words) => {
    const { attach, names } = await aSite(make);
    expect(await attach(aFile({ content: new AppError(code, 'HTTP 403 of files:read') }), aFile({ id: 'F2' }))).toMatch(
      words,
    );
    expect(names()).toEqual(['log-F2.txt']);
  });

  it.each(['unavailable', 'rate_limited', 'unauthorized', 'storage_failed'] as const)(
    'are asked for again where Slack is %s, and those that came stay',
    async (code) => {
      const { attach, names } = await aSite(make);
      const away = aFile({ id: 'F2', content: new AppError(code, 'Later.') });
      await expect(attach(aFile(), away)).rejects.toMatchObject({ code });
      expect(await attach(aFile(), aFile({ id: 'F2' }))).toBeNull();
      expect(names()).toEqual(['log-F1.txt', 'log-F2.txt']);
    },
  );

  it('come also where one before them has to wait', async () => {
    const { attach, names } = await aSite(make);
    const away = aFile({ content: new AppError('unavailable', 'Slack cannot give it out.') });
    await expect(attach(away, aFile({ id: 'F2' }))).rejects.toMatchObject({ code: 'unavailable' });
    expect(names()).toEqual(['log-F2.txt']);
  });

  it('have no issue any more where it is deleted', async () => {
    const { tracker } = await aSite(make);
    await expect(tracker.attachFiles('KAN-99', draft({ files: [aFile()] }))).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('KAN-99'),
    });
    await expect(tracker.attachFiles('KAN-1/x', draft())).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('stand in the description with their links', async () => {
    const { tracker, site } = await aSite(make);
    await tracker.createIssue(
      draft({
        files: [
          aFile(),
          aFile({ id: 'F2', name: 'a [b] *c*.png', link: 'javascript:alert(1)' }),
          aFile({ id: 'F3', name: '', link: null }),
        ],
      }),
    );
    const description = JSON.stringify(site.issues.at(-1)?.fields['description']);
    expect(description).toContain('https://acme.slack.com/files/U1/F1/log.txt');
    expect(description).not.toContain('javascript');
    expect(site.paragraphs(site.issues.at(-1)?.fields['description']).join('\n')).toMatch(
      /Files in Slack.*log\.txt.*\bF3\b/,
    );
  });
});

it.each([
  ['has no answer', {}],
  ['answers otherwise', { 'GET /attachment/meta': { status: 200, body: { enabled: 'perhaps', uploadLimit: 'all' } } }],
])('a Jira that, asked what it takes, %s is tried, and its refusal for the size believed', async (_, rules) => {
  const attachments = 'POST /issue/KAN-1/attachments';
  const jira = await startScriptedJira({
    ...rules,
    'GET /issue/KAN-1': { status: 200, body: { fields: { attachment: [] } } },
    [attachments]: inTurn(jiraError(413, 'The file is too large.'), { status: 200, body: [{}] }),
  });
  onTestFinished(jira.close);
  const said = await trackerFor(jira.origin).attachFiles('KAN-1', draft({ files: [aFile(), aFile({ id: 'F2' })] }));
  expect(said).toMatch(/“log.txt” \(larger than this Jira takes\)/);
  expect(jira.requests.filter(({ operation }) => operation === attachments)).toHaveLength(2);
});

it('bytes arrive as they were, with their length, and the time limit grows with them', async () => {
  const sent = new Uint8Array(3_000_000).map((_, index) => index % 251);
  const received = new Promise<{ body: Buffer; length: string | undefined; token: unknown }>((resolve) => {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const isUpload = request.url?.endsWith('/attachments');
      if (isUpload) {
        const { 'content-length': length, 'x-atlassian-token': token } = request.headers;
        resolve({ body: Buffer.concat(chunks), length, token });
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isUpload ? [{}] : { deploymentType: 'Cloud', fields: { attachment: [] } }));
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('The server has no port.');
      onTestFinished(() => {
        server.closeAllConnections();
        server.close();
      });
      void trackerFor(`http://127.0.0.1:${address.port}`).attachFiles(
        'KAN-1',
        draft({ files: [aFile({ name: 'ü "x".bin', content: sent })] }),
      );
    });
  });
  const { body, length, token } = await received;
  expect(Number(length)).toBe(body.length);
  expect(token).toBe('no-check');
  const start = body.indexOf('\r\n\r\n') + 4;
  expect(body.subarray(start, start + sent.length).equals(sent)).toBe(true);
  expect(body.subarray(0, start).toString()).toContain('name="file"; filename="ü _x_-F1.bin"');
});
