import type { Ticket } from '../../shared/ticket.ts';
import { createAnnounceStep } from './announce-step.ts';
import { createFilingSteps } from './filing-steps.ts';
import { nextStepOf, type StepName } from './next-step.ts';
import type { TicketChange } from './ports/ticket-store.ts';
import { createPublishSteps } from './publish-steps.ts';
import { allRight, type StepRun, type TicketStep, type TicketStepDeps } from './step-context.ts';

/** Builds the steps of a ticket, each of which is stored before the next begins. */
export function createTicketSteps(
  deps: TicketStepDeps,
  run: StepRun,
): {
  /** The next step of this ticket, or null where it is done, failed or waits for a person. */
  nextStep(ticket: Ticket): TicketStep | null;
  /** Forgets what this process alone knows of a ticket, where another one may have gone on with it since. */
  forget(requestId: string): void;
} {
  async function save(ticket: Ticket, change: TicketChange): Promise<Ticket> {
    const saved = await run.update(ticket.requestId, { ...allRight, ...change });
    deps.onChange(saved);
    return saved;
  }
  const context = { ...deps, ...run, save };
  const { announce, notPosted, forgetNotPosted } = createAnnounceStep(context);
  const { forgetLost, ...filing } = createFilingSteps(context, notPosted);
  const steps: Record<StepName, TicketStep> = { ...filing, announce, ...createPublishSteps(context) };

  return {
    nextStep(ticket) {
      const name = nextStepOf(ticket);
      return name === null ? null : steps[name];
    },
    forget(requestId) {
      forgetLost(requestId);
      forgetNotPosted(requestId);
    },
  };
}
