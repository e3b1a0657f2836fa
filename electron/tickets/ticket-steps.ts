import type { Ticket } from '../../shared/ticket.ts';
import { createFilingSteps } from './filing-steps.ts';
import { nextStepOf, type StepName } from './next-step.ts';
import { createNotifySteps } from './notify-steps.ts';
import type { TicketChange } from './ports/ticket-store.ts';
import { allRight, type StepRun, type TicketStep, type TicketStepDeps } from './step-context.ts';

/** Builds the steps of a ticket, each of which is stored before the next begins. */
export function createTicketSteps(
  deps: TicketStepDeps,
  run: StepRun,
): {
  /** The next step of this ticket, or null where it is done, failed or waits for a person. */
  nextStep(ticket: Ticket): TicketStep | null;
} {
  async function save(ticket: Ticket, change: TicketChange): Promise<Ticket> {
    const saved = await run.update(ticket.requestId, { ...allRight, ...change });
    deps.onChange(saved);
    return saved;
  }
  const context = { ...deps, ...run, save };
  const { notPosted, ...notifying } = createNotifySteps(context);
  const steps: Record<StepName, TicketStep> = { ...createFilingSteps(context, notPosted), ...notifying };

  return {
    nextStep(ticket) {
      const name = nextStepOf(ticket);
      return name === null ? null : steps[name];
    },
  };
}
