import { AppError, longestPauseMs, toAppError } from '../../shared/errors.ts';

export interface TicketQueueDeps {
  /** Takes a ticket as far as it goes. Rejects only where the log itself fails. */
  advance(requestId: string): Promise<void>;
  /** Wait before the next run of a ticket for which `failures` runs have failed in a row, in milliseconds. */
  retryDelayMs(failures: number): number;
  onError(error: AppError, requestId: string): void;
  /** Asks for the next run of a ticket when its own time has come. */
  schedule(requestId: string): void;
}

/** Runs of tickets: any number of tickets at once, one run per ticket. */
export interface TicketQueue {
  enqueue(requestId: string): void;
  /** Does the same, but where a run is in hand, the ticket's own time counts afterwards: `schedule`. */
  enqueueGently(requestId: string): void;
  /**
   * Does the same after a time, an hour at most; `begin` instead, where that is given. A run asked for earlier takes the
   * place of both.
   */
  enqueueIn(requestId: string, delayMs: number, begin?: (requestId: string) => void): void;
  /**
   * Changes a ticket while no run of it is in hand or waiting; one asked for meanwhile comes afterwards. Throws
   * `invalid_input` where there is one.
   */
  exclusively<T>(requestId: string, work: () => Promise<T>): Promise<T>;
  /** Begins no more runs and resolves when those in hand have ended. */
  stop(): Promise<void>;
}

function ignore(): void {}

export function createTicketQueue({ advance, retryDelayMs, onError, schedule }: TicketQueueDeps): TicketQueue {
  const running = new Map<string, Promise<void>>();
  /** Tickets that were asked for while running: what changed may have come too late for the run. */
  const again = new Set<string>();
  const gentlyAgain = new Set<string>();
  /** Runs in a row that the log itself made fail. */
  const failedRuns = new Map<string, number>();
  const timers = new Map<string, NodeJS.Timeout>();
  let stopped = false;

  function enqueueIn(requestId: string, delayMs: number, begin = enqueue): void {
    clearTimeout(timers.get(requestId));
    if (stopped) return;
    const timer = setTimeout(
      () => {
        timers.delete(requestId);
        begin(requestId);
      },
      Math.min(delayMs, longestPauseMs),
    );
    timers.set(requestId, timer);
  }

  function enqueue(requestId: string): void {
    clearTimeout(timers.get(requestId));
    timers.delete(requestId);
    if (stopped) return;
    if (running.has(requestId)) {
      again.add(requestId);
      return;
    }
    const run = advance(requestId)
      .then(() => void failedRuns.delete(requestId))
      .catch((thrown) => {
        onError(toAppError(thrown), requestId);
        // The log itself failed: nothing could be stored, so only the clock can bring the ticket back.
        const failures = failedRuns.get(requestId) ?? 0;
        failedRuns.set(requestId, failures + 1);
        enqueueIn(requestId, retryDelayMs(failures));
      })
      .finally(() => release(requestId));
    running.set(requestId, run);
  }

  function release(requestId: string): void {
    running.delete(requestId);
    const isGentle = gentlyAgain.delete(requestId);
    if (again.delete(requestId)) enqueue(requestId);
    else if (isGentle && !stopped) schedule(requestId);
  }

  function enqueueGently(requestId: string): void {
    if (running.has(requestId)) gentlyAgain.add(requestId);
    else enqueue(requestId);
  }

  return {
    enqueue,
    enqueueGently,
    enqueueIn,

    async exclusively(requestId, work) {
      if (running.has(requestId)) {
        throw new AppError('invalid_input', 'This ticket is being worked on right now. Look again in a moment.');
      }
      const working = work();
      running.set(requestId, working.then(ignore, ignore));
      try {
        return await working;
      } finally {
        release(requestId);
      }
    },

    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      await Promise.all(running.values());
    },
  };
}
