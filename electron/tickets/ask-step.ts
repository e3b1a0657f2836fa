import { toAppError } from '../../shared/errors.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { destinationOf } from './destination.ts';
import type { StepContext, TicketStep } from './step-context.ts';

/** Step that tells who asked which fields are missing, with a button to give them; the ticket is kept until then. */
export function createAskStep({ tracker, messenger, rules, signal, save, onError }: StepContext): {
  askForFields: TicketStep;
} {
  /** Names of the fields, as people know them; none where the tracker does not tell now. */
  async function missingNames(ticket: Ticket): Promise<string[]> {
    const { classification } = ticket;
    if (classification === null) return [];
    const destination = destinationOf({ ...ticket, classification }, rules());
    try {
      const { fields } = await tracker().askedFor(destination, { types: [], also: [] });
      const wanted = ticket.wantedFields ?? {};
      return fields
        .filter(({ id, required, problem }) => problem !== null || required || (wanted[id] ?? null) === null)
        .filter(({ id, problem }) => problem !== null || (wanted[id] ?? null) === null)
        .map(({ name }) => name);
    } catch (thrown) {
      onError(toAppError(thrown), ticket.requestId);
      return [];
    }
  }

  return {
    async askForFields(ticket) {
      const announcement = await messenger().askForFields(ticket, await missingNames(ticket), signal);
      // What is missing stays noted; that Slack did not take the question before is over.
      return save(ticket, ({ step, error }) =>
        step === 'needs_fields' ? { announcement, error: error?.code === 'invalid_input' ? error : null } : null,
      );
    },
  };
}
