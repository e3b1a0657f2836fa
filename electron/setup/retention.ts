import { type AppError, toAppError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import type { TicketUpkeep } from '../tickets/ports/ticket-upkeep.ts';

const dayMs = 24 * 60 * 60_000;

/** Removes from the log what is older than the settings say. */
export interface Retention {
  /** Removes now and then daily, by these settings alone; what is being removed by former ones stops. */
  start(behaviour: Pick<Settings['behaviour'], 'deleteTextsAfterDays' | 'deleteTicketsAfterDays'>): void;
  /** Stops, also what is being removed. */
  stop(): void;
}

/** `now` is in milliseconds since 1970; the computer's clock where absent. */
export function createRetention(deps: {
  log: Pick<TicketUpkeep, 'prune'>;
  now?: () => number;
  /** More than nothing was removed. */
  onPruned(rows: number): void;
  onError(error: AppError, about: string): void;
}): Retention {
  const { log, now = Date.now, onPruned, onError } = deps;
  let timer: NodeJS.Timeout | undefined;
  let current = new AbortController();
  /** One removal at a time. */
  let turn: Promise<void> = Promise.resolve();

  function daysAgo(days: number | null): string | null {
    return days === null ? null : new Date(now() - days * dayMs).toISOString();
  }

  function stop(): void {
    clearInterval(timer);
    current.abort();
  }

  return {
    start({ deleteTextsAfterDays, deleteTicketsAfterDays }) {
      stop();
      if (deleteTextsAfterDays === null && deleteTicketsAfterDays === null) return;
      current = new AbortController();
      const { signal } = current;
      async function removeOld(): Promise<void> {
        if (signal.aborted) return;
        const limits = { textsBefore: daysAgo(deleteTextsAfterDays), ticketsBefore: daysAgo(deleteTicketsAfterDays) };
        const rows = await log.prune(limits, signal);
        if (rows > 0) onPruned(rows);
      }
      const prune = () => {
        turn = turn.then(removeOld).catch((thrown) => onError(toAppError(thrown), 'retention'));
      };
      timer = setInterval(prune, dayMs);
      timer.unref();
      prune();
    },

    stop,
  };
}
