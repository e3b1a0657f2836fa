import { Notification } from 'electron';
import type { Decision } from '../../shared/ticket.ts';
import { createNotices, type Notice, type Notices, type ShownNotice } from './notices.ts';

export interface NotificationsDeps {
  isFocused(): boolean;
  /** Whether it is known who this desktop's person is in Slack: only then can they decide here. */
  hasOwner(): boolean;
  onOpen(): void;
  onOpenTicket(requestId: string): void;
  onDecide(requestId: string, status: Decision['status']): void;
}

const decisions = [
  { text: 'Approve', status: 'approved' },
  { text: 'Reject', status: 'rejected' },
] as const;

/** The desktop's own notifications; a click opens the window. Nothing is shown where the desktop has none. */
export function createNotifications(deps: NotificationsDeps): Notices {
  /** Until they are gone, or their clicks would be lost to the garbage collector. */
  const shown = new Set<Notification>();

  function present({ kind, title, body, ticket }: Notice): ShownNotice {
    if (!Notification.isSupported()) return { close() {} };
    const canDecide = kind === 'approval' && ticket !== null && deps.hasOwner();
    const notification = new Notification({
      title,
      body: asPlainText(body),
      // Where the platform has none, it leaves them out.
      actions: canDecide ? decisions.map(({ text }) => ({ type: 'button' as const, text })) : [],
    });
    shown.add(notification);
    notification.on('close', () => shown.delete(notification));
    notification.on('failed', () => shown.delete(notification));
    notification.on('click', () => {
      shown.delete(notification);
      if (ticket === null) deps.onOpen();
      else deps.onOpenTicket(ticket.requestId);
    });
    notification.on('action', (details, index) => {
      shown.delete(notification);
      // Electron 33 says it in the second argument alone, which later ones mean to drop.
      const decision = decisions[details.actionIndex ?? index];
      if (ticket !== null && decision !== undefined && deps.hasOwner())
        deps.onDecide(ticket.requestId, decision.status);
    });
    notification.show();
    return { close: () => notification.close() };
  }

  return createNotices({ isFocused: deps.isFocused, present });
}

/** Notification servers of Linux read simple markup; Electron hands them the text as it is. */
function asPlainText(text: string): string {
  if (process.platform !== 'linux') return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
