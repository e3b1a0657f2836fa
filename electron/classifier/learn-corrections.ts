import { type AppError, toAppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { CorrectedTicket } from './builtin/personal-model.ts';

/** Corrections that are read, the newest. */
const mostRead = 500;
/** Milliseconds after the last correction: whoever corrects one often corrects several. */
const quietMs = 10_000;

export interface CorrectionLearner {
  /** What was corrected so far, the newest first; null where the log cannot be read, which is told. */
  read(): Promise<CorrectedTicket[] | null>;
  /** Takes every ticket that changed. */
  noticed(ticket: Pick<Ticket, 'correction'>): void;
  stop(): void;
}

/** Has the classifier learn from what people correct, a moment after they have. */
export function createCorrectionLearner(deps: {
  corrections(limit: number): Promise<Array<CorrectedTicket & { at: string }>>;
  learn(corrections: CorrectedTicket[]): void;
  onError(error: AppError, about: string): void;
}): CorrectionLearner {
  /** Times of the corrections that are known here; ISO 8601. Those of other desktops may come in any order. */
  const known = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function read(): Promise<CorrectedTicket[] | null> {
    try {
      const corrected = await deps.corrections(mostRead);
      for (const { at } of corrected) known.add(at);
      return corrected.map(({ text, label }) => ({ text, label }));
    } catch (thrown) {
      deps.onError(toAppError(thrown), 'corrections');
      return null;
    }
  }

  async function learn(): Promise<void> {
    const corrections = await read();
    if (!isStopped && corrections !== null) deps.learn(corrections);
  }

  return {
    read,
    noticed({ correction }) {
      if (isStopped || correction === null || known.has(correction.at)) return;
      known.add(correction.at);
      clearTimeout(timer);
      timer = setTimeout(() => void learn(), quietMs);
      timer.unref();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
