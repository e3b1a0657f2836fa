import { describe, expect, it } from 'vitest';
import { mayOpen, newestIssuesPage } from '../../../electron/jira/api/links.ts';
import type { SettingsHandlerDeps } from '../../../electron/setup/settings-handlers.ts';
import { createSettingsHandlers } from '../../../electron/setup/settings-handlers.ts';
import { isPermalink } from '../../../electron/slack/permalink.ts';
import { typedRequest } from '../../../electron/tickets/ports/ticket-store.ts';
import { createTicketHandlers } from '../../../electron/tickets/ticket-handlers.ts';
import { AppError } from '../../../shared/errors.ts';
import { ipc } from '../../../shared/ipc.ts';
import { inFieldWords } from '../../../shared/setting-labels.ts';
import { allRows } from '../../../shared/settings.ts';
import type { Decision } from '../../../shared/ticket.ts';
import { allTickets } from '../../../shared/ticket-list.ts';
import { settingsView } from '../../fakes/settings-view.ts';
import { aTicket } from '../../fakes/ticket.ts';
import { createFakeTicketLog } from '../../fakes/ticket-log.ts';

const request = {
  requestId: 'r1',
  team: 'T1',
  user: 'U1',
  userName: 'ana',
  channel: 'C1',
  channelName: 'help',
  text: 'VPN',
  summary: 'VPN',
  ...typedRequest,
  markup: null,
  responseUrl: 'https://hooks.slack.example/secret',
};

function aWindow({ owner = null, permalink = '' }: { owner?: string | null; permalink?: string } = {}) {
  const log = createFakeTicketLog();
  const opened: string[] = [];
  const decided: [string, Decision][] = [];
  const handlers = createTicketHandlers({
    log,
    tickets: () => ({
      formFor: async () => ({ issueType: 'Bug', types: [], fields: [] }),
      retry: async () => {},
      createAnyway: async () => {},
      discard: async () => {},
      relabel: async () => aTicket(),
      decideHere: async (requestId, decision) => void decided.push([requestId, decision]),
      loadRest: async () => ({ seen: 0, added: 0, next: null }),
      permalink: async () => permalink,
    }),
    owner: () => owner,
    links: {
      mayOpen: async (url) => mayOpen(url, 'https://acme.example'),
      newestIssues: newestIssuesPage,
      isMessage: isPermalink,
    },
    inFieldWords: (words) => inFieldWords(words, () => false),
    openExternal: async (url) => void opened.push(url),
    exportTickets: async () => null,
    onLoaded: () => {},
  });
  return { log, opened, decided, handlers };
}

describe('what the window asks about tickets', () => {
  it('gets rows and details without the addresses for replies', async () => {
    const { log, handlers } = aWindow();
    await log.receive(request);
    const page = ipc['tickets:page'].response.parse(
      await handlers['tickets:page']({ filter: allTickets, offset: 0, limit: 10 }),
    );
    const detail = ipc['tickets:read'].response.parse(await handlers['tickets:read']({ requestId: 'r1' }));
    expect(page).toMatchObject({ total: 1, rows: [{ requestId: 'r1', summary: 'VPN' }] });
    expect(detail.ticket).toMatchObject({ requestId: 'r1', text: 'VPN', needsAttention: false });
    expect(JSON.stringify([page, detail])).not.toContain('hooks.slack.example');
  });

  it('gets its note and its failure in the words of the fields', async () => {
    const { log, handlers } = aWindow();
    await log.receive(request);
    const message = 'Check JIRA_BASE_URL.';
    await log.update('r1', { note: message, error: { code: 'unavailable', message } });
    const { ticket } = await handlers['tickets:read']({ requestId: 'r1' });
    expect([ticket.note, ticket.error?.message]).toEqual(Array(2).fill('Check “Address of your site”.'));
  });

  it('opens only an address that Jira gave for a ticket', async () => {
    const { log, opened, handlers } = aWindow();
    await log.receive(request);
    await expect(handlers['issue:open']({ requestId: 'r1' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(handlers['issue:open']({ requestId: 'r2' })).rejects.toMatchObject({ code: 'not_found' });
    await log.update('r1', { issueUrl: 'https://acme.example/browse/KAN-1' });
    await handlers['issue:open']({ requestId: 'r1' });
    expect(opened).toEqual(['https://acme.example/browse/KAN-1']);
  });

  it.each(['file:///etc/passwd', 'ssh://acme.example/KAN-1', 'https://evil.example/browse/KAN-1'])(
    'does not open %s, though the log has it',
    async (issueUrl) => {
      const { log, opened, handlers } = aWindow();
      await log.receive(request);
      await log.update('r1', { issueUrl });
      await expect(handlers['issue:open']({ requestId: 'r1' })).rejects.toMatchObject({ code: 'forbidden' });
      expect(opened).toEqual([]);
    },
  );

  it.each([
    ['https://acme.slack.com/archives/C1/p1', true],
    ['https://slack.com.evil.example/archives/C1/p1', false],
    ['http://acme.slack.com/archives/C1/p1', false],
    ['javascript:alert(1)', false],
  ])('opens the message at %s: %s', async (permalink, opens) => {
    const { opened, handlers } = aWindow({ permalink });
    const opening = handlers['message:open']({ requestId: 'r1' });
    if (opens) await opening;
    else await expect(opening).rejects.toMatchObject({ code: 'forbidden' });
    expect(opened).toEqual(opens ? [permalink] : []);
  });

  it('opens the newest issues of the project to which a ticket was sent, on the configured site alone', async () => {
    const { log, opened, handlers } = aWindow();
    await log.receive(request);
    const sent = { project: 'KAN', anchorKey: 'KAN-41', lookUntil: '2026-03-02T09:02:15.000Z' };
    const openFrom = async (site: string | null) => {
      await log.update('r1', { sent: site === null ? null : { ...sent, site } });
      await handlers['project:open']({ requestId: 'r1' });
    };
    await openFrom('https://acme.example');
    expect(opened).toEqual([
      'https://acme.example/issues/?jql=project%20%3D%20%22KAN%22%20ORDER%20BY%20created%20DESC',
    ]);
    await expect(openFrom('https://former.example')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(openFrom('https://api.atlassian.com/ex/jira/1')).rejects.toMatchObject({ code: 'not_found' });
    await expect(openFrom(null)).rejects.toMatchObject({ code: 'not_found' });
    expect(opened).toHaveLength(1);
  });

  it('decides in the name of the person whose desktop this is, and in no other', async () => {
    const nobody = aWindow();
    const deciding = nobody.handlers['tickets:decide']({ requestId: 'r1', status: 'approved' });
    await expect(deciding).rejects.toMatchObject({ code: 'not_configured' });
    expect(nobody.decided).toEqual([]);

    const ana = aWindow({ owner: 'U7' });
    await ana.handlers['tickets:decide']({ requestId: 'r1', status: 'rejected' });
    expect(ana.decided).toMatchObject([['r1', { status: 'rejected', by: 'U7' }]]);
  });
});

describe('what the window asks about settings', () => {
  function aForm({ ok = true, usesSaved = true } = {}) {
    const saved: unknown[] = [];
    const tried: string[] = [];
    const refuse = async () => {
      throw new AppError('bug', 'not asked for in this test');
    };
    const settings = async () => settingsView();
    const deps: SettingsHandlerDeps = {
      program: {
        settings,
        saveSettings: async (change) => void saved.push(change),
        allowAddress: refuse,
        tryNow: (part) => void tried.push(part),
      },
      consent: { toSave: (_, save) => save(), toTest: async () => {}, mayTest: refuse },
      setup: {
        test: async () => ({ ok, findings: [] }),
        usesSaved: async () => usesSaved,
        detect: refuse,
        tokensPage: refuse,
        projects: refuse,
        types: refuse,
      },
      owner: { read: refuse, ask: refuse, confirm: refuse, forget: refuse },
      onOwner: refuse,
      manifest: refuse,
      testTicket: refuse,
      openExternal: refuse,
    };
    return { saved, tried, handlers: createSettingsHandlers(deps) };
  }

  const ways = [
    'settings:save',
    'settings:test',
    'jira:detect',
    'jira:open-tokens',
    'jira:projects',
    'jira:types',
  ] as const;
  const valueFor = (row: (typeof allRows)[number]) => ('form' in row ? 'x' : { Bug: 'x' });
  const refusal = (name: string, words: string) => ({
    code: 'invalid_input',
    message: expect.stringMatching(new RegExp(`^${name} ${words}`)),
  });

  it.each(allRows.filter(({ window }) => window === 'typed'))('saves $name', async (row) => {
    const { saved, handlers } = aForm();
    const change = { [row.name]: valueFor(row) };
    await handlers['settings:save']({ change, allowPlainText: false });
    expect(saved).toEqual([{ change, allowPlainText: false }]);
  });

  it.each(allRows.filter(({ window }) => window === 'never'))('takes no $name, in whatever way', async (row) => {
    const { saved, handlers } = aForm();
    const request = {
      change: { [row.name]: valueFor(row) },
      allowPlainText: false,
      target: 'slack_bot',
      byPerson: true,
    } as const;
    for (const way of ways) {
      await expect(handlers[way](request)).rejects.toMatchObject(refusal(row.name, 'cannot be set in the window'));
    }
    expect(saved).toEqual([]);
  });

  it.each(allRows.filter(({ window }) => typeof window === 'object'))(
    'forgets $name, but takes no other than it is offered',
    async ({ name }) => {
      const { saved, handlers } = aForm();
      const saving = handlers['settings:save']({ change: { [name]: '/tmp/any' }, allowPlainText: false });
      await expect(saving).rejects.toMatchObject(refusal(name, 'cannot be saved here'));
      expect(saved).toEqual([]);
      await handlers['settings:save']({ change: { [name]: '' }, allowPlainText: false });
      expect(saved).toHaveLength(1);
    },
  );

  it('has what is saved tried again after a test of it that was passed, and after no other', async () => {
    const testAll = async (how: { ok?: boolean; usesSaved?: boolean }) => {
      const { tried, handlers } = aForm(how);
      for (const target of ['slack_bot', 'slack_app', 'jira', 'openai'] as const) {
        await handlers['settings:test']({ target, change: {} });
      }
      return tried;
    };
    expect(await testAll({})).toEqual(['slack', 'slack', 'jira']);
    expect(await testAll({ ok: false })).toEqual([]);
    expect(await testAll({ usesSaved: false })).toEqual([]);
  });

  it('knows no other names', () => {
    const { request: schema } = ipc['settings:save'];
    expect(schema.safeParse({ change: { PATH: '/tmp' }, allowPlainText: false }).success).toBe(false);
  });
});
