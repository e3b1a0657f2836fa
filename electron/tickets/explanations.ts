import { toAppError } from '../../shared/errors.ts';
import type { StepRun, TicketStepDeps } from './step-context.ts';
import { ticketRun } from './ticket-run.ts';

/** What requesters are told of tickets that need a person. */
export interface Explanations extends Pick<StepRun, 'explain'> {
  /** Resolves when none is on its way to Slack any more. */
  settled(): Promise<void>;
}

/** `signal`: the program stops, and who waits for a turn to speak does not speak any more. */
export function createExplanations(
  { messenger, onError }: Pick<TicketStepDeps, 'messenger' | 'onError'>,
  signal: AbortSignal,
): Explanations {
  const onTheirWay = new Set<Promise<void>>();

  return {
    /** Tells the requester, outside of the run: what has stopped can be tried again while Slack is slow to be told. */
    explain(ticket, error) {
      const explained = ticketRun
        .exit(() => messenger().explain(ticket, error, signal))
        .catch((thrown) => {
          if (thrown !== signal.reason) onError(toAppError(thrown), ticket.requestId);
        })
        .finally(() => onTheirWay.delete(explained));
      onTheirWay.add(explained);
    },

    async settled() {
      await Promise.all(onTheirWay);
    },
  };
}
