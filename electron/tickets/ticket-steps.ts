import type { Ticket } from '../../shared/ticket.ts';
import { createAnnounceStep } from './announce-step.ts';
import { createFilingSteps } from './filing-steps.ts';
import { createMessageSteps } from './message-steps.ts';
import { nextStepOf, type StepName } from './next-step.ts';
import { createPublishSteps } from './publish-steps.ts';
import { changesOf } from './rules/changed-ticket.ts';
import type { StepContext, StepRun, TicketStep, TicketStepDeps } from './step-context.ts';
import { createSupplementStep } from './supplement-step.ts';

/** Fields of a ticket of which nothing is wrong any more. */
const allRight = { error: null, attempts: 0, nextTryAt: null } as const;

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
  const save: StepContext['save'] = async ({ requestId }, change) => {
    const saved = await run.update(requestId, (fresh, at) => {
      const changes = changesOf(change, fresh, at);
      return changes === null ? null : { ...allRight, ...changes };
    });
    deps.onChange(saved);
    return saved;
  };
  const context = { ...deps, ...run, save };
  const { announce, notPosted, forgetNotPosted } = createAnnounceStep(context);
  const { readMessage, endIfFiled } = createMessageSteps(context);
  const { forgetLost, ...filing } = createFilingSteps({ ...context, endIfFiled }, notPosted);
  const { supplement, beside } = createSupplementStep(context);
  const steps: Record<StepName, TicketStep> = {
    readMessage,
    ...filing,
    announce: beside(announce),
    ...createPublishSteps(context),
    supplement,
  };

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
