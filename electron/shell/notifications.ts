import { Notification, type NotificationConstructorOptions } from 'electron';
import { type AppError, toAppError } from '../../shared/errors.ts';
import type { Decision } from '../../shared/ticket.ts';
import { createNotices, type Notice, type Notices, type ShownNotice } from './notices.ts';

export interface NotificationsDeps {
  isFocused(): boolean;
  /** Whether it is known who this desktop's person is in Slack: only then can they decide here. */
  hasOwner(): boolean;
  onOpen(): void;
  onOpenTicket(requestId: string): void;
  /** Decides. What it throws is told in another notification, and to `onError`. */
  decide(request: { requestId: string; status: Decision['status'] }): Promise<void>;
  onError(error: AppError, about: string): void;
}

const decisions = [
  { text: 'Approve', status: 'approved' },
  { text: 'Reject', status: 'rejected' },
] as const;

export interface Notifications extends Notices {
  /** Tells something that is about no ticket; a click opens the window. */
  tell(title: string, body: string): void;
}

/** The desktop's own notifications; a click opens the window. Nothing is shown where the desktop has none. */
export function createNotifications(deps: NotificationsDeps): Notifications {
  /** Notifications that can be seen: held, or their clicks would be lost to the garbage collector. */
  const shown = new Set<Notification>();

  /** Makes a notification. `requestId`: the ticket that a click opens; null: the window alone. */
  function create(options: NotificationConstructorOptions, requestId: string | null): Notification {
    const notification = new Notification(options);
    shown.add(notification);
    notification.on('close', () => shown.delete(notification));
    notification.on('failed', () => shown.delete(notification));
    notification.on('click', () => {
      shown.delete(notification);
      if (requestId === null) deps.onOpen();
      else deps.onOpenTicket(requestId);
    });
    return notification;
  }

  async function decide(requestId: string, status: Decision['status']): Promise<void> {
    try {
      await deps.decide({ requestId, status });
    } catch (thrown) {
      const error = toAppError(thrown);
      deps.onError(error, requestId);
      const body = asPlainText(error.message);
      create({ title: 'Your decision was not taken', body }, requestId).show();
    }
  }

  function present({ kind, title, body, ticket }: Notice): ShownNotice {
    if (!Notification.isSupported()) return { close() {} };
    const canDecide = kind === 'approval' && ticket !== null && deps.hasOwner();
    // Where the platform has none, it leaves them out.
    const actions = canDecide ? decisions.map(({ text }) => ({ type: 'button' as const, text })) : [];
    const notification = create({ title, body: asPlainText(body), actions }, ticket?.requestId ?? null);
    notification.on('action', (details, index) => {
      shown.delete(notification);
      // Electron 33 says it in the second argument alone, which later ones mean to drop.
      const decision = decisions[details.actionIndex ?? index];
      if (ticket !== null && decision !== undefined) void decide(ticket.requestId, decision.status);
    });
    notification.show();
    return { close: () => notification.close() };
  }

  return {
    ...createNotices({ isFocused: deps.isFocused, present }),
    tell(title, body) {
      if (Notification.isSupported()) create({ title, body: asPlainText(body) }, null).show();
    },
  };
}

/** Notification servers of Linux read simple markup; Electron hands them the text as it is. */
function asPlainText(text: string): string {
  if (process.platform !== 'linux') return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
