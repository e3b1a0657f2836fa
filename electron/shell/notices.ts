import { withoutBidiControls } from '../../shared/bidi.ts';
import type { Settings } from '../../shared/settings.ts';
import type { TicketView } from '../../shared/ticket-list.ts';

/** The part of a ticket that a notification depends on. */
export type NoticeTicket = Pick<
  TicketView,
  'requestId' | 'issueKey' | 'summary' | 'status' | 'step' | 'origin' | 'needsAttention'
>;
export type NoticeKind = 'attention' | 'approval';

/** What a person is shown: one ticket, or, without `ticket`, how many of a kind came at once. */
export interface Notice {
  kind: NoticeKind;
  title: string;
  body: string;
  ticket: NoticeTicket | null;
}

/** A notice that the desktop shows. */
export interface ShownNotice {
  close(): void;
}

export interface NoticesDeps {
  /** Whoever looks at the window needs no notification. */
  isFocused(): boolean;
  present(notice: Notice): ShownNotice;
}

export interface Notices {
  /** Takes a ticket as it is now. */
  ticketChanged(ticket: NoticeTicket, behaviour: Settings['behaviour']): void;
}

/** More than this many at once become one per kind. */
const mostAtOnce = 3;
/** How long notices are gathered, in milliseconds: at first, and after so many came that they were counted together. */
const gatherMs = { first: 2_000, inAWave: 30_000 };

/**
 * Tells of each state of a ticket once: when it begins to need a person, and when it begins to wait for approval. What
 * has passed meanwhile is not told, and taken back where it was.
 */
export function createNotices({ isFocused, present }: NoticesDeps): Notices {
  const waiting = new Map<string, { kind: NoticeKind; ticket: NoticeTicket }>();
  /** Notices by kind and ticket, while the ticket is in that state; null where nothing of its own was shown. */
  const told = new Map<string, ShownNotice | null>();
  let isGathering = false;
  let isWave = false;

  function tell(): void {
    isGathering = false;
    const notices = gather([...waiting.values()]);
    const isSeen = isFocused();
    isWave = waiting.size > mostAtOnce;
    for (const key of waiting.keys()) told.set(key, null);
    waiting.clear();
    if (isSeen) return;
    for (const notice of notices) {
      const shown = present(notice);
      if (notice.ticket !== null) told.set(keyOf(notice.kind, notice.ticket), shown);
    }
  }

  return {
    ticketChanged(ticket, behaviour) {
      for (const kind of ['attention', 'approval'] as const) {
        const key = keyOf(kind, ticket);
        if (!isIn(kind, ticket)) {
          told.get(key)?.close();
          told.delete(key);
          waiting.delete(key);
        } else if (!isWanted(kind, behaviour)) {
          // Nor later, should the person change their mind: it is no news by then.
          told.set(key, told.get(key) ?? null);
          waiting.delete(key);
        } else if (!told.has(key)) {
          waiting.set(key, { kind, ticket });
          if (isGathering) continue;
          isGathering = true;
          setTimeout(tell, isWave ? gatherMs.inAWave : gatherMs.first);
        }
      }
    },
  };
}

/** Whether the ticket is in a state of which people want to hear. */
function isIn(kind: NoticeKind, ticket: NoticeTicket): boolean {
  // What was loaded from Jira waits for somebody else's desktop.
  if (ticket.origin === 'jira') return false;
  if (kind === 'attention') return ticket.needsAttention;
  return ticket.status === 'created' && ticket.step === 'announced' && !ticket.needsAttention;
}

function isWanted(kind: NoticeKind, behaviour: Settings['behaviour']): boolean {
  return kind === 'attention' ? behaviour.notifyAttention : behaviour.notifyApproval;
}

function keyOf(kind: NoticeKind, { requestId }: NoticeTicket): string {
  return `${kind} ${requestId}`;
}

/** One notice each, or one per kind where they are many. */
export function gather(waiting: readonly { kind: NoticeKind; ticket: NoticeTicket }[]): Notice[] {
  if (waiting.length <= mostAtOnce) return waiting.map(({ kind, ticket }) => noticeOf(kind, ticket));
  return (['attention', 'approval'] as const).flatMap((kind) => {
    const tickets = waiting.filter((each) => each.kind === kind).map(({ ticket }) => ticket);
    const [first] = tickets;
    if (first === undefined) return [];
    if (tickets.length === 1) return [noticeOf(kind, first)];
    const title = kind === 'attention' ? 'tickets need attention' : 'tickets wait for approval';
    const keys = tickets.flatMap(({ issueKey }) => issueKey ?? []).join(', ');
    return [{ kind, title: `${tickets.length} ${title}`, body: keys, ticket: null }];
  });
}

function noticeOf(kind: NoticeKind, ticket: NoticeTicket): Notice {
  return { kind, title: titleOf(kind, ticket), body: withoutBidiControls(ticket.summary), ticket };
}

function titleOf(kind: NoticeKind, { issueKey, step }: NoticeTicket): string {
  const name = issueKey ?? 'A ticket';
  if (kind === 'approval') return `${name} waits for approval`;
  return step === 'unconfirmed' ? `${name} may be in Jira or not: please look` : `${name} needs attention`;
}
