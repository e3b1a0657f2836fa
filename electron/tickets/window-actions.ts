import { randomUUID } from 'node:crypto';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { IssueForm } from '../../shared/issue-form.ts';
import type { TestTicket } from '../../shared/settings-view.ts';
import type { Decision, Ticket } from '../../shared/ticket.ts';
import type { TicketEdits } from '../../shared/ticket-list.ts';
import type { DecisionReceipt, TicketClick } from './clicks.ts';
import { allProjects, destinationOf, limitsFor, nobodysWishes } from './destination.ts';
import type { Instance, TicketChange, TicketStore } from './ports/ticket-store.ts';
import type { TicketUpkeep } from './ports/ticket-upkeep.ts';
import { edited, isStopped, nameOf, restarted, whyNothingToRetry } from './retry-rules.ts';
import { isFree } from './rules/claim.ts';
import type { TicketStepDeps } from './step-context.ts';
import { summarise } from './summary.ts';
import type { TicketQueue } from './ticket-queue.ts';

/** Things that the window may do with tickets. Where the log lacks the ticket, each throws `not_found`. */
export interface WindowActions {
  /**
   * Tries a stopped or waiting ticket again at once, with what the person edited. Throws `invalid_input` for any
   * other ticket, and for a change of what is in Jira already or may be.
   */
  retry(requestId: string, edits: TicketEdits): Promise<void>;
  /**
   * Creates the issue of a ticket at `unconfirmed`, or one that waits while it is looked for: a person says that it is
   * not in Jira. Throws `invalid_input` for any other.
   */
  createAnyway(requestId: string): Promise<void>;
  /**
   * Ends a ticket that needs attention or waits for a time: nothing more is done. Throws `invalid_input` for any other.
   */
  discard(requestId: string): Promise<void>;
  /**
   * Asks what a person has to give for this ticket to become an issue, were it to go to this project and to have this
   * type; null: as the settings say.
   */
  formFor(requestId: string, wish: Pick<Ticket, 'wantedType' | 'wantedProject'>): Promise<IssueForm>;
  /** Decides as by a click. Throws `invalid_input` where there is no issue yet, or a decision already. */
  decideHere(requestId: string, decision: Decision): Promise<void>;
  /** Adds a page of our issues in Jira to the log, one project after the other; `from` is `next` of the page before. */
  loadRest(from: string | null): Promise<{ seen: number; added: number; next: string | null }>;
  /** Address of the ticket's message in Slack. Throws `not_found` where it has none. */
  permalink(requestId: string): Promise<string>;
  /** Classifies and files a ticket that leaves no row, and clears it from Jira as far as the account may. */
  testTicket(text: string): Promise<TestTicket>;
}

export interface WindowActionDeps extends TicketStepDeps {
  log: TicketStore & Pick<TicketUpkeep, 'importIssues'>;
  instance: Instance;
  queue: Pick<TicketQueue, 'exclusively'>;
  /** Has the ticket's run in hand, if there is one, wait for nothing that spares others. */
  hurry(requestId: string): void;
  /** Asks for a run that does not wait either. */
  enqueueNow(requestId: string): void;
  decide(click: TicketClick, decision: Decision): Promise<DecisionReceipt>;
  /**
   * Asks a service again that was spared, for its trouble or because it asked for that: a person does not want to wait.
   */
  retryNow(): void;
}

/** Beginning of the request ids of test tickets. */
const testPrefix = 'test-';
/** Requester and channel where nobody asked in Slack. */
const nobody = { id: 'setup', name: 'AI Ticket Agent' };
const nowhere = { id: 'setup', name: null };

export function createWindowActions(deps: WindowActionDeps): WindowActions {
  const { log, tracker, messenger, classifier, queue, hurry, enqueueNow, rules, onChange, onError } = deps;

  async function read(requestId: string): Promise<Ticket> {
    const ticket = await log.find(requestId);
    if (ticket === null) throw new AppError('not_found', 'The log has no such ticket any more.');
    return ticket;
  }

  /** Reads and changes a ticket with no step between. */
  async function change(requestId: string, changeOf: (ticket: Ticket) => TicketChange): Promise<Ticket> {
    const changed = await queue.exclusively(requestId, () =>
      log.update(requestId, (ticket, at) => {
        if (!isFree(ticket.claim, deps.instance, at)) {
          throw new AppError(
            'invalid_input',
            'Another desktop works on this ticket right now. Look again in a moment.',
          );
        }
        return changeOf(ticket);
      }),
    );
    onChange(changed);
    return changed;
  }

  return {
    async retry(requestId, edits) {
      hurry(requestId);
      await change(requestId, (ticket) => {
        if (!isStopped(ticket)) {
          throw new AppError('invalid_input', whyNothingToRetry(ticket));
        }
        return { ...edited(ticket, edits), ...restarted(ticket) };
      });
      deps.retryNow();
      enqueueNow(requestId);
    },

    async createAnyway(requestId) {
      hurry(requestId);
      await change(requestId, (ticket) => {
        const isStuck = ticket.step === 'unconfirmed' || (ticket.step === 'creating' && isStopped(ticket));
        if (!isStuck || ticket.issueKey !== null) {
          throw new AppError('invalid_input', `${nameOf(ticket)} is not being looked for, so nothing is to be forced.`);
        }
        return { ...restarted(ticket), status: 'received', step: 'classified' };
      });
      deps.retryNow();
      enqueueNow(requestId);
    },

    async discard(requestId) {
      await change(requestId, (ticket) => {
        if (!isStopped(ticket)) {
          throw new AppError('invalid_input', `${nameOf(ticket)} does not need anybody, so it cannot be discarded.`);
        }
        const status = ticket.issueKey === null ? { status: 'failed' as const } : {};
        return { ...status, step: 'done', nextTryAt: null, supplements: [] };
      });
    },

    async formFor(requestId, wish) {
      const ticket = await read(requestId);
      const classification = ticket.classification ?? { label: 'Task' };
      return tracker().formFor(destinationOf({ ...ticket, ...wish, classification }, rules()));
    },

    async decideHere(requestId, decision) {
      const ticket = await read(requestId);
      if (ticket.issueKey === null) {
        throw new AppError('invalid_input', 'There is no issue to decide on yet. Wait until the ticket is in Jira.');
      }
      // Decided now, its message would never be posted, or would keep its buttons where the answer to the post was lost.
      if (ticket.origin === 'desk' && ticket.step === 'created') {
        const message = `${ticket.issueKey} is not announced in Slack yet. Decide once its message is there.`;
        throw new AppError('invalid_input', message);
      }
      const click = clickOn({ ...ticket, issueKey: ticket.issueKey });
      const receipt = await deps.decide(click, decision);
      if (!receipt.accepted) throw new AppError('invalid_input', alreadyDecided(receipt.ticket));
      enqueueNow(requestId);
    },

    async loadRest(from) {
      const projects = allProjects(rules());
      const { at, page } = placeOf(from);
      const { issues, next: nextPage } = await tracker().listIssues(projects[at] ?? '', page);
      const isLast = at + 1 >= projects.length;
      const next = nextPage === null ? (isLast ? null : `${at + 1} `) : `${at} ${nextPage}`;
      // A test ticket that could not be deleted is nobody's.
      const asked = issues.filter(({ requestId }) => !requestId?.startsWith(testPrefix));
      return { seen: issues.length, added: await log.importIssues(asked), next };
    },

    async permalink(requestId) {
      const ticket = await read(requestId);
      const address = await messenger().permalink(ticket);
      if (address !== null) return address;
      const reasons = 'it was not posted yet, only its requester saw it, or another desktop posted it';
      throw new AppError('not_found', `${nameOf(ticket)} has no message in Slack to open here: ${reasons}.`);
    },

    async testTicket(text) {
      const classification = await classifier.classify(text, limitsFor(nobodysWishes, rules()));
      const issue = await tracker().createIssue({
        requestId: `${testPrefix}${randomUUID()}`,
        summary: summarise(`Test: ${text.trim()}`),
        text,
        markup: null,
        requester: nobody,
        requesterEmail: async () => null,
        files: [],
        channel: nowhere,
        message: null,
        classification,
        receivedAt: new Date().toISOString(),
        ...destinationOf({ ...nobodysWishes, classification }, rules()),
      });
      const { key, url, issueType, note } = issue;
      const outcome = await tracker()
        .clearTest(key)
        .catch((thrown) => {
          onError(toAppError(thrown), key);
          return 'left' as const;
        });
      return { key, url, issueType, label: classification.label, note, outcome };
    },
  };
}

/** Which of the projects comes next, and from which of its pages on; null: its first. */
function placeOf(from: string | null): { at: number; page: string | null } {
  const [at = '0', ...page] = (from ?? '0 ').split(' ');
  return { at: Number(at), page: page.join(' ') || null };
}

/** The click that a decision in the window stands for. */
function clickOn(ticket: Ticket & { issueKey: string }): TicketClick {
  const { requestId, team, user, channel, issueKey, issueType, issueUrl, summary, announcement, responseUrl } = ticket;
  return { requestId, team, user, channel, issueKey, issueType, issueUrl, summary, announcement, responseUrl };
}

function alreadyDecided({ issueKey, decision, user, userName }: Ticket): string {
  const by = decision?.by === user ? (userName ?? user) : (decision?.by ?? 'somebody else');
  return `${issueKey} was already ${decision?.status ?? 'decided'} by ${by}. Nothing has changed.`;
}
