import { AppError } from '../../shared/errors.ts';
import type { HandlersOf } from '../../shared/ipc.ts';
import type { SentCreate, Ticket } from '../../shared/ticket.ts';
import type { TicketFilter } from '../../shared/ticket-list.ts';
import { needsAttention } from './needs-attention.ts';
import type { TicketReader } from './ports/ticket-reader.ts';
import type { TicketStore } from './ports/ticket-store.ts';
import type { TicketService } from './ticket-service.ts';

/** Use cases that the window may use. */
type WindowTickets = Pick<
  TicketService,
  'formFor' | 'retry' | 'createAnyway' | 'discard' | 'relabel' | 'decideHere' | 'loadRest' | 'permalink'
>;

export interface TicketDeps {
  log: Pick<TicketStore, 'find'> & Pick<TicketReader, 'page' | 'overview' | 'events' | 'activity'>;
  /** Gives the use cases. Throws `unavailable` while the program starts. */
  tickets(): WindowTickets;
  /** Slack id of the person whose desktop this is; null where nobody has said so. */
  owner(): string | null;
  /** Addresses that the desktop may open. */
  links: {
    /** Whether an issue's address is on the configured tracker's site. */
    mayOpen(url: string): Promise<boolean>;
    /**
     * Address at which a browser shows the newest issues of the project that a ticket was sent to; null where nobody
     * can tell.
     */
    newestIssues(sent: Pick<SentCreate, 'site' | 'project'>): string | null;
    /** Whether this is the address of a message, as the chat itself gives it. */
    isMessage(url: string): boolean;
  };
  /** Calls settings in an error's words as the window's fields are called. */
  inFieldWords(words: string): string;
  openExternal(url: string): Promise<void>;
  /** Asks for a file and writes it; null where the person cancelled. */
  exportTickets(filter: TicketFilter, format: 'csv' | 'json'): Promise<{ file: string; rows: number } | null>;
  /** Tells that tickets were added that nobody had told of. */
  onLoaded(): void;
}

export function createTicketHandlers(
  deps: TicketDeps,
): HandlersOf<'tickets' | 'issue' | 'message' | 'project' | 'activity'> {
  const { log, tickets, links } = deps;

  async function demand(requestId: string): Promise<Ticket> {
    const ticket = await log.find(requestId);
    if (ticket === null) throw new AppError('not_found', 'This ticket is not in the log any more.');
    return ticket;
  }

  return {
    'tickets:page': (query) => log.page(query),
    'tickets:overview': () => log.overview(),

    async 'tickets:read'({ requestId }) {
      const { error, note, ...ticket } = await demand(requestId);
      const called = <E extends { message: string } | null>(failure: E): E =>
        failure && { ...failure, message: deps.inFieldWords(failure.message) };
      const events = await log.events(requestId);
      return {
        ticket: {
          ...ticket,
          note: note && deps.inFieldWords(note),
          error: called(error),
          needsAttention: needsAttention({ ...ticket, error }),
        },
        events: events.map((event) => ({ ...event, error: called(event.error) })),
      };
    },

    'tickets:retry': ({ requestId, edits }) => tickets().retry(requestId, edits),
    'tickets:form': ({ requestId, project, issueType }) =>
      tickets().formFor(requestId, { wantedProject: project?.toUpperCase() ?? null, wantedType: issueType }),
    'tickets:create-anyway': ({ requestId }) => tickets().createAnyway(requestId),
    async 'tickets:relabel'({ requestId, label }) {
      await tickets().relabel(requestId, { label, by: deps.owner(), via: 'window' });
    },
    'tickets:discard': ({ requestId }) => tickets().discard(requestId),

    async 'tickets:decide'({ requestId, status }) {
      const by = deps.owner();
      if (by === null) {
        throw new AppError(
          'not_configured',
          'Say in Settings whose desktop this is; decisions carry that person’s name.',
        );
      }
      const now = Date.now();
      const actionTs = (now / 1000).toFixed(6);
      await tickets().decideHere(requestId, { status, by, at: new Date(now).toISOString(), actionTs });
    },

    'tickets:export': ({ filter, format }) => deps.exportTickets(filter, format),

    async 'tickets:load-rest'({ from }) {
      const loaded = await tickets().loadRest(from);
      if (loaded.added > 0) deps.onLoaded();
      return loaded;
    },

    async 'issue:open'({ requestId }) {
      const { issueUrl, issueKey } = await demand(requestId);
      if (issueUrl === null) throw new AppError('not_found', 'This ticket has no issue to open yet.');
      if (!(await links.mayOpen(issueUrl))) {
        const message =
          `${issueKey ?? 'The issue'} was not opened: its address is not on the Jira site of JIRA_BASE_URL. ` +
          'Look for it in your browser, or set the site in Settings.';
        throw new AppError('forbidden', message);
      }
      await deps.openExternal(issueUrl);
    },

    async 'message:open'({ requestId }) {
      const address = await tickets().permalink(requestId);
      if (!links.isMessage(address)) {
        throw new AppError('forbidden', 'The message was not opened: Slack gave an address that is not Slack’s.');
      }
      await deps.openExternal(address);
    },

    async 'project:open'({ requestId }) {
      const { sent } = await demand(requestId);
      if (sent === null) throw new AppError('not_found', 'Where this ticket was sent is not known. Look into Jira.');
      const address = links.newestIssues(sent);
      if (address === null) {
        const message =
          'The address of your Jira site is not known here: the settings name Atlassian’s gateway, which shows no ' +
          `pages. Open ${sent.project} in your browser.`;
        throw new AppError('not_found', message);
      }
      if (!(await links.mayOpen(address))) {
        const message =
          `${sent.project} was not opened: this ticket was sent to ${sent.site}, which is not the Jira site of ` +
          'JIRA_BASE_URL. Look there in your browser.';
        throw new AppError('forbidden', message);
      }
      await deps.openExternal(address);
    },

    'activity:read': ({ limit }) => log.activity(limit),
  };
}
