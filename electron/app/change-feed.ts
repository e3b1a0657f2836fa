import type { Change } from '../../shared/ipc.ts';
import type { Ticket } from '../../shared/ticket.ts';

/** Whoever shows what happens: the window, the tray, notifications. */
export interface ChangeListener {
  onChange(change: Change): void;
  onTicket(ticket: Ticket): void;
}

/** Passes on what happens. Nobody is told of what happens before they listen, or after `stop`. */
export interface ChangeFeed {
  /** Tells of a kind of change, the first at once and those that follow it together. */
  changed(change: Change): void;
  /** Tells of a ticket at once, and of what changes with it. */
  ticketChanged(ticket: Ticket): void;
  listen(listener: ChangeListener): void;
  stop(): void;
}

/** Milliseconds between two tellings of the same thing: nobody reads faster, and bursts change much. */
const restMs = 100;

export function createChangeFeed(): ChangeFeed {
  const listeners: ChangeListener[] = [];
  /** Kinds told of a moment ago; true where it happened again since. */
  const resting = new Map<Change, { again: boolean; timer: NodeJS.Timeout }>();

  function changed(change: Change): void {
    const rest = resting.get(change);
    if (rest !== undefined) {
      rest.again = true;
      return;
    }
    const timer = setTimeout(() => {
      const wasAgain = resting.get(change)?.again;
      resting.delete(change);
      if (wasAgain) changed(change);
    }, restMs);
    resting.set(change, { again: false, timer });
    for (const { onChange } of listeners) onChange(change);
  }

  return {
    changed,
    ticketChanged(ticket) {
      changed('tickets');
      // How many are unfinished or need attention is part of the status.
      changed('status');
      for (const { onTicket } of listeners) onTicket(ticket);
    },
    listen: (listener) => void listeners.push(listener),
    stop() {
      for (const { timer } of resting.values()) clearTimeout(timer);
      resting.clear();
    },
  };
}
