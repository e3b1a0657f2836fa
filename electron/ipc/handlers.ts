import { AppError } from '../../shared/errors.ts';
import type { IpcHandlers } from '../../shared/ipc.ts';
import { settingNames } from '../../shared/settings.ts';
import type { DemoMode } from '../demo/demo-mode.ts';
import type { Program } from '../program.ts';
import type { TicketLog, TicketQuery } from '../tickets/ports.ts';

export interface HandlerDeps {
  program: Program;
  log: TicketLog;
  openExternal(url: string): Promise<void>;
  /** null outside demo mode. */
  demo: DemoMode | null;
}

/** What the window may set; where Slack's API is stays with files and the environment. */
const savable = new Set<string>(settingNames.filter((name) => name !== 'SLACK_API_URL'));

/** The window's wishes, each handed on to the part that fulfils it. */
export function createHandlers({ program, log, openExternal, demo }: HandlerDeps): IpcHandlers {
  function theDemo(): DemoMode {
    if (demo === null) throw new AppError('not_found', 'The demo is not running. Start it with `npm run demo`.');
    return demo;
  }

  return {
    async 'tickets:list'({ search, status, before, limit }) {
      const query: TicketQuery = { limit };
      if (search !== undefined) query.search = search;
      if (status !== undefined) query.status = status;
      if (before !== undefined) query.before = before;
      return log.list(query);
    },

    async 'issue:open'({ requestId }) {
      const ticket = await log.find(requestId);
      // Only an address that Jira itself gave, never one from the window.
      if (ticket?.issueUrl == null) throw new AppError('not_found', 'This ticket has no issue to open yet.');
      await openExternal(ticket.issueUrl);
    },

    'status:read': async () => program.status(),

    'settings:read': () => program.settings(),

    async 'settings:save'({ change, allowPlainText }) {
      const unknown = Object.keys(change).find((name) => !savable.has(name));
      if (unknown !== undefined) throw new AppError('invalid_input', `${unknown} cannot be set in the window.`);
      await program.saveSettings(change, allowPlainText);
      return program.settings();
    },

    'demo:read': async () => theDemo().messages(),
    'demo:type': async ({ line }) => theDemo().type(line),
    'demo:click': async ({ ts, actionId }) => theDemo().click(ts, actionId),
  };
}
