import { isSameDecision } from '../../shared/decision-order.ts';
import { AppError, reactionTo, toAppError } from '../../shared/errors.ts';
import type { Decision, Ticket } from '../../shared/ticket.ts';
import { typesFor } from './destination.ts';
import { movedTo, troubleWith, withNote } from './follow-issues.ts';
import { storedCorrection } from './merge-remote.ts';
import type { ChangeOf, TicketChange } from './ports/ticket-store.ts';
import { showTicket } from './show-ticket.ts';
import type { StepContext, TicketStep } from './step-context.ts';

/** Steps that tell Slack and Jira what people said of an issue: a decision, a corrected label. */
export function createPublishSteps({
  tracker,
  messenger,
  rules,
  onError,
  save,
}: StepContext): Record<'publishDecision' | 'publishCorrection', TicketStep> {
  /**
   * Tells message and issue of a decision, which stands as soon as it is in the log; each is told although the
   * other cannot be.
   */
  async function publishDecision(ticket: Ticket): Promise<Ticket> {
    const { decision, issueKey, requestId } = ticket;
    if (decision === null || issueKey === null) throw new AppError('bug', 'There is no decision to publish.');
    const delayed: AppError[] = [];
    /** Gives the courtesy's result; null where it was refused, which changes nothing, or has to wait. */
    const courtesy = async <T>(work: Promise<T>): Promise<T | null> => {
      try {
        return await work;
      } catch (thrown) {
        const error = toAppError(thrown);
        if (reactionTo(error.code) === 'give_up') onError(error, requestId);
        else delayed.push(error);
        return null;
      }
    };

    const placed = await courtesy(locate(ticket));
    await courtesy(messenger().showDecision(placed ?? ticket));
    const completed = ticket.issueId === null ? await courtesy(completeFromIssue(ticket, issueKey)) : null;
    if (completed !== null && completed.issueKey !== issueKey) await courtesy(messenger().showDecision(completed));
    const word = { ...decision, requestId, correction: storedCorrection(ticket) };
    const told = await courtesy(
      tracker()
        .recordDecision(issueKey, word)
        .catch(async (thrown) => {
          const said = await troubleWith(issueKey, toAppError(thrown), tracker());
          if (said !== null) await courtesy(showChange(ticket, (fresh) => withNote(fresh, said)));
          throw thrown;
        }),
    );
    if (told !== null) await courtesy(showChange(ticket, (fresh) => movedTo(fresh, told.place)));
    const standing = told?.decision ?? null;
    if (standing !== null && !isSameDecision(standing, decision)) {
      // Another desktop's decision came first: correct what this one has stored and shown.
      const corrected = await saveUnlessDecidedAnew(decision, ticket, { decision: standing });
      if (corrected.decision === null || !isSameDecision(corrected.decision, standing)) return corrected;
      await courtesy(messenger().showDecision(corrected));
    }
    // What a moment mends is tried again in a moment, also where the rest has to wait for other settings.
    const next = delayed.find(({ code }) => reactionTo(code) === 'retry') ?? delayed[0];
    if (next !== undefined) throw next;
    return saveUnlessDecidedAnew(standing ?? decision, ticket, { step: 'done' });
  }

  /** Stores what the tracker said of the issue, and shows it on the message of a decision. */
  async function showChange(ticket: Ticket, changeOf: ChangeOf): Promise<void> {
    let isNews = false;
    const changed = await save(ticket, (fresh, at) => {
      const change = changeOf(fresh, at);
      isNews = change !== null;
      return change;
    });
    if (isNews && changed.decision !== null) await messenger().showDecision(changed);
  }

  /** Stores what was told, unless an earlier click was accepted meanwhile: then that one is told next. */
  function saveUnlessDecidedAnew(told: Decision, ticket: Ticket, change: TicketChange): Promise<Ticket> {
    return save(ticket, ({ decision }) => (decision !== null && isSameDecision(decision, told) ? change : null));
  }

  /** Stores a corrected label in Jira, then shows it on the message. Done again after a failure it does the same. */
  async function publishCorrection(ticket: Ticket): Promise<Ticket> {
    const { correction, classification, decision, issueKey, requestId } = ticket;
    if (correction === null || classification === null || issueKey === null) {
      throw new AppError('bug', 'There is no correction to publish.');
    }
    const known = ticket.issueId === null ? await completeFromIssue(ticket, issueKey) : ticket;
    const { isTold: _, ...word } = correction;
    const told = await tracker()
      .relabel(
        issueKey,
        {
          ...word,
          label: classification.label,
          requestId,
          decision,
        },
        typesFor(ticket, rules()),
      )
      .catch(async (thrown) => {
        const words = refusalWords(thrown, requestId);
        return { note: (await troubleWith(issueKey, toAppError(thrown), tracker())) ?? words };
      });
    const { note: said, ...place } = { key: issueKey, url: known.issueUrl, issueType: known.issueType, ...told };
    const corrected = {
      ...known,
      ...{ issueKey: place.key, issueUrl: place.url, issueType: place.issueType, note: said ?? known.note },
    };
    await showTicket(corrected, messenger()).catch((thrown) => refusalWords(thrown, requestId));
    const { issueType, note, issueUrl } = corrected;
    return save(ticket, ({ correction: latest }) =>
      // A later correction is published next.
      latest?.at === correction.at
        ? { issueType, note, issueUrl, issueKey: corrected.issueKey, correction: { ...correction, isTold: true } }
        : null,
    );
  }

  /** Says why Jira or Slack does not follow; the label stands in any case. Throws what only the moment refuses. */
  function refusalWords(thrown: unknown, requestId: string): string {
    const error = toAppError(thrown);
    if (reactionTo(error.code) !== 'give_up') throw error;
    onError(error, requestId);
    return error.message;
  }

  /** Looks for a message that this desktop does not know, or cannot rewrite: another one may have posted it. */
  async function locate(ticket: Ticket): Promise<Ticket> {
    const { announcement, channel, responseUrl } = ticket;
    const isKnown = announcement !== null && (announcement.via !== 'response_url' || responseUrl !== null);
    if (isKnown || channel === '') return ticket;
    const found = await messenger()
      .findAnnouncement(ticket)
      .catch((thrown) => {
        if (toAppError(thrown).code === 'forbidden') return null;
        throw thrown;
      });
    return found === null ? ticket : save(ticket, { announcement: found });
  }

  /** Stores what the tracker knows of a ticket that another desktop filed. */
  async function completeFromIssue(ticket: Ticket, issueKey: string): Promise<Ticket> {
    const { id, key, url, summary, issueType } = await tracker().getIssue(issueKey);
    return save(ticket, { issueId: id, issueKey: key, issueUrl: url, summary, issueType });
  }

  return { publishDecision, publishCorrection };
}
