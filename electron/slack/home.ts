import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { type AppError, toAppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { FormActions } from '../tickets/form-actions.ts';
import { translateSlackError } from './errors.ts';
import { homeView } from './home-view.ts';

export interface HomeDeps {
  tickets: Pick<FormActions, 'openTicketsOf'>;
  publish: WebClient['views']['publish'];
  onError(error: AppError): void;
  /** Milliseconds for which changes of a person's tickets are shown together. */
  settleMs?: number;
}

/** App Home: shown when a person opens it, and again when one of their tickets has changed. */
export interface Home {
  ticketChanged(ticket: Ticket): void;
}

/** People whose Home is kept up to date; whoever opened it before these gets it anew at the next opening. */
const mostPeople = 500;

export function registerHome(app: App, { tickets, publish, onError, settleMs = 1_000 }: HomeDeps): Home {
  /** What each person's Home shows, in the order of their openings. */
  const shown = new Map<string, string>();
  const timers = new Map<string, NodeJS.Timeout>();

  async function show(user: string): Promise<void> {
    const view = homeView(await tickets.openTicketsOf(user));
    const words = JSON.stringify(view);
    if (shown.get(user) === words) return;
    await publish({ user_id: user, view }).catch((thrown) => {
      throw translateSlackError(thrown);
    });
    if (shown.has(user)) shown.set(user, words);
  }

  app.event('app_home_opened', async ({ event }) => {
    if (event.tab !== 'home') return;
    shown.delete(event.user);
    shown.set(event.user, '');
    for (const oldest of [...shown.keys()].slice(0, Math.max(0, shown.size - mostPeople))) shown.delete(oldest);
    await show(event.user).catch((thrown) => onError(toAppError(thrown)));
  });

  return {
    ticketChanged({ user }) {
      if (!shown.has(user) || timers.has(user)) return;
      const timer = setTimeout(() => {
        timers.delete(user);
        show(user).catch((thrown) => onError(toAppError(thrown)));
      }, settleMs);
      timers.set(user, timer.unref());
    },
  };
}
