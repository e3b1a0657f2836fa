import { type AppError, toAppError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import type { TicketLog } from '../tickets/ports.ts';

const dayMs = 24 * 60 * 60_000;

/** Removes from the log what is older than the settings say. */
export interface Retention {
  /** Removes now and then daily, by these settings alone. */
  start(behaviour: Pick<Settings['behaviour'], 'deleteTextsAfterDays' | 'deleteTicketsAfterDays'>): void;
  stop(): void;
}

/** `now` is in milliseconds since 1970; the computer's clock where absent. */
export function createRetention(deps: {
  log: Pick<TicketLog, 'prune'>;
  now?: () => number;
  /** More than nothing was removed. */
  onPruned(rows: number): void;
  onError(error: AppError, about: string): void;
}): Retention {
  const { log, now = Date.now, onPruned, onError } = deps;
  let timer: NodeJS.Timeout | undefined;

  function daysAgo(days: number | null): string | null {
    return days === null ? null : new Date(now() - days * dayMs).toISOString();
  }

  return {
    start({ deleteTextsAfterDays, deleteTicketsAfterDays }) {
      clearInterval(timer);
      if (deleteTextsAfterDays === null && deleteTicketsAfterDays === null) return;
      const prune = () => {
        const limits = { textsBefore: daysAgo(deleteTextsAfterDays), ticketsBefore: daysAgo(deleteTicketsAfterDays) };
        log.prune(limits).then(
          (rows) => {
            if (rows > 0) onPruned(rows);
          },
          (thrown) => onError(toAppError(thrown), 'retention'),
        );
      };
      timer = setInterval(prune, dayMs);
      timer.unref();
      prune();
    },

    stop: () => clearInterval(timer),
  };
}
