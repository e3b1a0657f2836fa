import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createJiraPart } from '../../../electron/app/jira-part.ts';
import { createTicketLog } from '../../../electron/log/sqlite/ticket-log.ts';
import { noFiles } from '../../../electron/tickets/ports/file-source.ts';
import { strangers } from '../../../electron/tickets/ports/people.ts';
import { createTicketService } from '../../../electron/tickets/ticket-service.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import type { Fault } from '../../../stand-ins/faults.ts';
import { createJiraSite } from '../../../stand-ins/jira/site.ts';
import { aRequest } from '../../contract/ticket-log.ts';
import { anInstance } from '../../fakes/instance.ts';
import { createFakeMessenger } from '../../fakes/messenger.ts';
import { settingsWith } from '../../fakes/settings.ts';
import { ticketRules } from '../../fakes/ticket-rules.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { scriptedSeal } from '../jira/scripted-jira.ts';
import { sureOfBugs } from '../slice/desk.ts';

/** Tickets on a real log and a real Jira, whose waits are a hundred times shorter than the program's. */
async function aDesk({ lookForMs = 50 } = {}) {
  const jira = await createJiraSite();
  const log = await createTicketLog({ file: join(aTemporaryFolder(), 'tickets.db') });
  const messenger = createFakeMessenger();
  const lines: string[] = [];
  const shortly = (attempt: number) => 10 * 2 ** Math.min(attempt, 8);
  const part = createJiraPart(
    settingsWith({
      JIRA_BASE_URL: jira.baseUrl,
      JIRA_EMAIL: jira.email,
      JIRA_API_TOKEN: jira.apiToken,
      JIRA_PROJECT_KEY: 'KAN',
      JIRA_UNCONFIRMED_SECONDS: '1',
    }).jira,
    {
      beforeRequest: async () => {},
      send: (request) => request(),
      seal: scriptedSeal,
      refusal: () => null,
      probeDelayMs: shortly,
      onState: ({ code }) => lines.push(code),
      onBack: () => void service.resumeWaiting(),
    },
  );
  const service = createTicketService({
    log,
    instance: anInstance(),
    tracker: () => part.tracker,
    messenger: () => messenger,
    people: () => strangers,
    files: () => noFiles,
    classifier: { classify: async () => sureOfBugs },
    retryDelayMs: shortly,
    rules: () => ticketRules(lookForMs),
    unsureBelow: 0.4,
    retryNow: part.tryNow,
    onChange() {},
    onError() {},
  });
  onTestFinished(async () => {
    part.stop();
    await service.stop();
    await Promise.all([jira.close(), log.close()]);
  });
  let count = 0;
  async function file(text: string): Promise<string> {
    count += 1;
    const requestId = String(count).padStart(32, '0');
    await service.receive(aRequest({ requestId, text, summary: text, user: `U${count}` }));
    service.enqueue(requestId);
    return requestId;
  }
  const when = (requestId: string, isAsExpected: (ticket: Ticket) => boolean) =>
    vi.waitFor(
      async () => {
        const ticket = await log.find(requestId);
        if (ticket === null || !isAsExpected(ticket)) throw new Error(JSON.stringify(ticket));
        return ticket;
      },
      { timeout: 15_000 },
    );
  const filed = (requestId: string) => when(requestId, ({ step }) => step === 'announced');
  const count0f = (operation: string) => jira.requests.filter((request) => request.operation === operation).length;
  const whilePoisoned = (fault: Fault) =>
    jira.failWhile(({ method, body }) => method === 'POST' && body.includes('DROP TABLE'), fault);
  return { jira, log, messenger, part, service, lines, file, when, filed, asked: count0f, whilePoisoned };
}

const html = '<html><head><title>Request blocked</title></head><body>Support id 1479</body></html>';
const own = (...errorMessages: string[]) => ({ errorMessages, errors: {} });

describe('a ticket whose words something on the way objects to', () => {
  it.each([
    { status: 403, body: html },
    { status: 404, body: html },
    { status: 307, headers: { location: 'https://waf.example/blocked' }, body: html },
    { status: 406, body: html },
  ])('by $status needs a person after a few tries, and the others are filed', async (fault) => {
    const { jira, messenger, lines, file, when, filed, asked, whilePoisoned } = await aDesk();
    whilePoisoned(fault);
    const poisoned = await file('DROP TABLE users');
    await when(poisoned, ({ error }) => error?.code === 'bad_response');
    await filed(await file('VPN is down'));
    const failed = await when(poisoned, ({ status }) => status === 'failed');
    expect(failed).toMatchObject({ step: 'classified', nextTryAt: null, attempts: 4 });
    expect(failed.error?.message).toContain('such as a web firewall, may object to its words');
    await filed(await file('The printer is broken'));
    expect(asked('createIssue')).toBe(4 + 2);
    expect(jira.issues).toHaveLength(2);
    await vi.waitFor(() =>
      expect(messenger.messages.filter(({ text }) => text.includes('web firewall'))).toHaveLength(1),
    );
    expect(lines.filter((line) => line !== 'ok')).toEqual([]);
  });

  it.each([
    ['a page as a success', { status: 200, body: html }],
    ['Jira’s own 500', { status: 500, body: own('Internal server error') }],
    ['a reset connection', 'reset'],
  ] as const)('by %s needs a person once others were filed, and is in Jira for nobody', async (_, fault) => {
    const { jira, file, when, filed, whilePoisoned } = await aDesk();
    whilePoisoned(fault);
    const poisoned = await file('DROP TABLE users');
    await when(poisoned, ({ attempts }) => attempts >= 1);
    await filed(await file('VPN is down'));
    const failed = await when(poisoned, ({ status }) => status === 'failed');
    expect(failed).toMatchObject({ step: 'classified', nextTryAt: null, error: { code: 'unconfirmed' } });
    expect(jira.issues).toHaveLength(1);
  });
});

it('a decision that something on the way keeps from Jira stands, and is not sent for ever', async () => {
  const { jira, service, file, when, filed, asked } = await aDesk();
  const id = await file('VPN is down');
  const { issueKey } = await filed(id);
  jira.failWhile(({ operation }) => operation === 'setIssueProperty', { status: 403, body: html });
  await service.decideHere(id, { status: 'approved', by: 'U2', at: new Date().toISOString(), actionTs: '1.0' });
  const ended = await when(id, ({ error, nextTryAt }) => error !== null && nextTryAt === null);
  expect(ended).toMatchObject({ status: 'approved', issueKey, error: { code: 'bad_response' } });
  await service.mergeRemote();
  await service.resumeWaiting();
  await filed(await file('The printer is broken'));
  expect(asked('setIssueProperty')).toBe(4);
});

describe('where everything gets a page', () => {
  it.each([
    { status: 200, body: html },
    { status: 302, headers: { location: 'http://portal.example/hello' } },
    { status: 511, body: html },
  ])('by $status, all wait for the network, and go on when it is over', async (fault) => {
    const { jira, file, filed, when, lines } = await aDesk();
    await filed(await file('Before'));
    const portal = jira.failWhile(() => true, fault);
    const waiting = await Promise.all(['One', 'Two', 'Three', 'Four', 'Five', 'Six'].map(file));
    for (const id of waiting) await when(id, ({ error }) => error !== null);
    await vi.waitFor(() => expect(portal.struck).toBeGreaterThan(6));
    portal.end();
    for (const id of waiting) expect(await filed(id)).toMatchObject({ status: 'created' });
    expect(jira.issues).toHaveLength(7);
    expect(lines.at(-1)).toBe('ok');
  });
});

it('an outage is nobody’s fault: however long it lasts, and however often the machine wakes up, no ticket is given up', async () => {
  const { jira, part, service, file, when, filed } = await aDesk();
  const down = jira.failWhile(() => true, { status: 502, body: html });
  const id = await file('VPN is down');
  for (let wakes = 1; wakes <= 6; wakes += 1) {
    const struck = down.struck;
    await vi.waitFor(() => expect(down.struck).toBeGreaterThan(struck + 5), { timeout: 15_000 });
    part.wake();
    part.check();
    await service.resumeWaiting();
  }
  expect(await when(id, () => true)).toMatchObject({ status: 'received', error: { code: 'unavailable' } });
  down.end();
  await filed(id);
}, 60_000);

it('a search that something on the way objects to keeps no ticket from Jira', async () => {
  const { jira, file, filed } = await aDesk();
  jira.failWhile(({ operation }) => operation === 'search', { status: 403, body: html });
  await filed(await file('VPN is down'));
});

describe('a login that is refused for a moment', () => {
  it.each([
    { status: 401, body: own('Client must be authenticated to access this resource.') },
    { status: 302, headers: { location: '/login.jsp?os_destination=%2Frest' } },
  ])('by $status parks the tickets, is sent by none of them, and lets all go on when it is accepted', async (fault) => {
    const { jira, part, file, when, filed, lines } = await aDesk();
    await filed(await file('Before'));
    const refusal = jira.failWhile(() => true, fault);
    const first = await file('One');
    await when(first, ({ error }) => error?.code === 'unauthorized');
    const parked = [first, ...(await Promise.all(['Two', 'Three'].map(file)))];
    for (const id of parked) {
      await when(id, ({ error }) => error?.code === 'unauthorized');
      expect(await when(id, () => true)).toMatchObject({ status: 'received', nextTryAt: null });
    }
    // The request, and the probe.
    expect(refusal.struck).toBe(2);
    expect(lines.at(-1)).toBe('unauthorized');
    refusal.end();
    part.tryNow();
    for (const id of parked) await filed(id);
    expect(lines.at(-1)).toBe('ok');
  });

  it('with a captcha is probed by a person only', async () => {
    const { jira, part, file, when, filed } = await aDesk();
    const headers = { 'x-seraph-loginreason': 'AUTHENTICATION_DENIED' };
    const captcha = jira.failWhile(() => true, { status: 403, headers, body: '' });
    const id = await file('One');
    await when(id, ({ error }) => error?.code === 'unauthorized');
    part.wake();
    part.check();
    const other = await file('Two');
    await when(other, ({ error }) => error?.code === 'unauthorized');
    expect(captcha.struck).toBe(1);
    captcha.end();
    part.tryNow();
    await filed(id);
  });

  it.each([
    { status: 401, body: { code: 401, message: 'Unauthorized; scope does not match' } },
    { status: 302, headers: { location: 'https://sso.example/start' }, body: html },
  ])('by $status for one thing only is about that ticket', async (fault) => {
    const { file, when, filed, whilePoisoned } = await aDesk();
    whilePoisoned(fault);
    const id = await file('DROP TABLE users');
    await when(id, ({ error }) => error?.code === 'bad_response');
    await filed(await file('Other'));
    expect(await when(id, ({ status }) => status === 'failed')).toMatchObject({ attempts: 4 });
  });
});

it('an address that the site does not allow is waited for, with Atlassian’s own words', async () => {
  const { jira, file, filed, when, lines } = await aDesk();
  const words = 'The IP address has been rejected because it is not on the allowed list. See your admin.';
  const list = jira.failWhile(() => true, { status: 403, body: own(words) });
  const id = await file('One');
  const waiting = await when(id, ({ error }) => error?.code === 'unavailable');
  expect(waiting.error?.message).toContain(words);
  expect(lines).toContain('unavailable');
  list.end();
  await filed(id);
});

it.each([
  { status: 503, body: own() },
  { status: 503, body: '<html><body>No server is available to handle this request.</body></html>' },
])(
  'two 503 that took nothing ($body) cost one look each, not minutes',
  async (fault) => {
    const { jira, file, filed, asked } = await aDesk({ lookForMs: 120_000 });
    for (let times = 0; times < 2; times += 1) jira.failNext('createIssue', fault);
    await filed(await file('VPN is down'));
    expect(asked('createIssue')).toBe(3);
    // Five hundred keys a look, a hundred at once.
    expect(asked('bulkFetchIssues')).toBe(2 * 5);
    expect(jira.issues).toHaveLength(1);
  },
  30_000,
);

it.each(['18446744073709551615', '2592000', '9'.repeat(400)])(
  'a pause of %s seconds is an hour at most, and a person may try sooner',
  async (seconds) => {
    const { jira, log, service, messenger, file, when, filed } = await aDesk();
    const limit = { status: 429, headers: { 'retry-after': seconds }, body: own('Rate limit exceeded') };
    jira.failNext('createIssue', limit);
    const id = await file('VPN is down');
    const { nextTryAt } = await when(id, ({ error }) => error?.code === 'rate_limited');
    const later = await file('The printer is broken');
    await when(later, ({ error }) => error?.code === 'rate_limited');
    const waitMs = Date.parse(nextTryAt ?? '') - Date.now();
    expect(waitMs).toBeGreaterThan(3_500_000);
    expect(waitMs).toBeLessThanOrEqual(3_600_000);
    await vi.waitFor(() => expect(messenger.messages).toHaveLength(2));
    await service.retry(id, {});
    await filed(id);
    expect((await log.find(later))?.error?.code).toBe('rate_limited');
  },
);
