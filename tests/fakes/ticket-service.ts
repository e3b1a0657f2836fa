import { noFiles } from '../../electron/tickets/ports/file-source.ts';
import { strangers } from '../../electron/tickets/ports/people.ts';
import type { TicketLog } from '../../electron/tickets/ports/ticket-log.ts';
import { createTicketService, type TicketService } from '../../electron/tickets/ticket-service.ts';
import { anInstance } from './instance.ts';
import { createFakeIssueTracker } from './issue-tracker.ts';
import { createFakeMessenger } from './messenger.ts';
import { aTicket } from './ticket.ts';
import { createFakeTicketLog } from './ticket-log.ts';
import { ticketRules } from './ticket-rules.ts';

/** The real use cases on fakes, for tests of what calls them. */
export function createServiceOnFakes(log: TicketLog = createFakeTicketLog()): TicketService {
  const { classification } = aTicket();
  const tracker = createFakeIssueTracker();
  const messenger = createFakeMessenger();
  return createTicketService({
    log,
    instance: anInstance(),
    tracker: () => tracker,
    messenger: () => messenger,
    people: () => strangers,
    files: () => noFiles,
    classifier: {
      async classify() {
        if (classification === null) throw new Error('no classification');
        return classification;
      },
    },
    retryDelayMs: () => 10,
    rules: () => ticketRules(10),
    unsureBelow: 0.4,
    retryNow() {},
    onChange() {},
    onError() {},
  });
}
