import { toAppError } from '../../shared/errors.ts';
import type { StepRun, TicketStepDeps } from './step-context.ts';
import { ticketRun } from './ticket-run.ts';

/** What requesters are told of tickets that need a person. */
export interface Explanations extends Pick<StepRun, 'explain' | 'offer'> {
  /** Resolves when none is on its way to Slack any more. */
  settled(): Promise<void>;
}

/** `signal`: the program stops, and who waits for a turn to speak does not speak any more. */
export function createExplanations(
  { messenger, onError }: Pick<TicketStepDeps, 'messenger' | 'onError'>,
  signal: AbortSignal,
): Explanations {
  const onTheirWay = new Set<Promise<void>>();

  /** Tells the requester, outside of the run: what has stopped can be tried again while Slack is slow to be told. */
  function tell(requestId: string, words: () => Promise<void>): void {
    const told = ticketRun
      .exit(words)
      .catch((thrown) => {
        if (thrown !== signal.reason) onError(toAppError(thrown), requestId);
      })
      .finally(() => onTheirWay.delete(told));
    onTheirWay.add(told);
  }

  return {
    explain(ticket, error) {
      tell(ticket.requestId, () => messenger().explain(ticket, error, signal));
    },

    offer(ticket, earlier) {
      tell(ticket.requestId, () => messenger().showEarlier(ticket, earlier, signal));
    },

    async settled() {
      await Promise.all(onTheirWay);
    },
  };
}
