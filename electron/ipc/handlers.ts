import { AppError } from '../../shared/errors.ts';
import type { DemoMessage, DeskStatus, IpcHandlers, SettingsView } from '../../shared/ipc.ts';
import { settingNames } from '../../shared/settings.ts';
import type { TicketLog, TicketQuery } from '../tickets/ports.ts';
import { mayOpen } from './external-link.ts';

/** As much of the program as the window may use. */
export interface WindowProgram {
  status(): DeskStatus;
  settings(): Promise<SettingsView>;
  /** By name; throws `forbidden` and `storage_failed`. */
  saveSettings(change: Record<string, string>, allowPlainText: boolean): Promise<void>;
}

/** As much of the demo as the window may use. */
interface WindowDemo {
  messages(): DemoMessage[];
  type(line: string): Promise<void>;
  click(ts: string, actionId: string): Promise<void>;
}

export interface HandlerDeps {
  program: WindowProgram;
  log: Pick<TicketLog, 'list' | 'find'>;
  openExternal(url: string): Promise<void>;
  /** null outside demo mode. */
  demo: WindowDemo | null;
}

/** What the window may set; where Slack's API is stays with files and the environment. */
const savable = new Set<string>(settingNames.filter((name) => name !== 'SLACK_API_URL'));

/** The window's wishes, each handed on to the part that fulfils it. */
export function createHandlers({ program, log, openExternal, demo }: HandlerDeps): IpcHandlers {
  function theDemo(): WindowDemo {
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
      if (ticket?.issueUrl == null) throw new AppError('not_found', 'This ticket has no issue to open yet.');
      const { settings } = await program.settings();
      const jira = settings.find(({ name }) => name === 'JIRA_BASE_URL')?.value ?? null;
      if (!mayOpen(ticket.issueUrl, jira)) {
        const message =
          `${ticket.issueKey ?? 'The issue'} was not opened: its address is not on the Jira site of JIRA_BASE_URL. ` +
          'Look for it in your browser, or set the site in Settings.';
        throw new AppError('forbidden', message);
      }
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
