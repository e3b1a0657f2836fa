import { describe, expect, it } from 'vitest';
import { createHandlers, type WindowProgram } from '../../../electron/ipc/handlers.ts';
import { ipc } from '../../../shared/ipc.ts';
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
  responseUrl: 'https://hooks.slack.example/secret',
};

const jiraAt = (value: string) =>
  ({ name: 'JIRA_BASE_URL', value, isSet: true, isSecret: false, origin: '.env', isFixed: true }) as const;

function aWindow() {
  const log = createFakeTicketLog();
  const opened: string[] = [];
  const saved: unknown[] = [];
  const program: WindowProgram = {
    status: () => {
      const part = { state: 'off', line: 'none', message: null } as const;
      return { slack: part, jira: part, model: part, version: '1', dataDir: '/data', demo: false };
    },
    settings: async () => ({ settings: [jiraAt('https://acme.example')], problems: [], protection: 'keychain' }),
    saveSettings: async (change) => void saved.push(change),
  };
  const handlers = createHandlers({ program, log, openExternal: async (url) => void opened.push(url), demo: null });
  return { log, opened, saved, handlers };
}

describe('what the window asks for', () => {
  it('lists tickets without the addresses for replies', async () => {
    const { log, handlers } = aWindow();
    await log.receive(request, 0);
    const answer = ipc['tickets:list'].response.parse(await handlers['tickets:list']({ limit: 10 }));
    expect(answer).toMatchObject([{ requestId: 'r1', text: 'VPN' }]);
    expect(JSON.stringify(answer)).not.toContain('hooks.slack.example');
  });

  it('opens only an address that Jira gave for a ticket', async () => {
    const { log, opened, handlers } = aWindow();
    await log.receive(request, 0);
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
      await log.receive(request, 0);
      await log.update('r1', { issueUrl, issueKey: 'KAN-1' });
      await expect(handlers['issue:open']({ requestId: 'r1' })).rejects.toMatchObject({ code: 'forbidden' });
      expect(opened).toEqual([]);
    },
  );

  it('saves settings, but never where Slack is, nor names that are none', async () => {
    const { saved, handlers } = aWindow();
    for (const name of ['SLACK_API_URL', 'PATH']) {
      const change = { [name]: 'http://evil.example/' };
      await expect(handlers['settings:save']({ change, allowPlainText: true })).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
    await handlers['settings:save']({ change: { JIRA_PROJECT_KEY: 'KAN' }, allowPlainText: false });
    expect(saved).toEqual([{ JIRA_PROJECT_KEY: 'KAN' }]);
  });

  it('refuses the demo outside demo mode', async () => {
    const { handlers } = aWindow();
    await expect(handlers['demo:read']()).rejects.toMatchObject({ code: 'not_found' });
  });
});
