import { vi } from 'vitest';
import type { Classifier } from '../../../electron/tickets/ports/classifier.ts';
import { type FileSource, noFiles } from '../../../electron/tickets/ports/file-source.ts';
import { strangers } from '../../../electron/tickets/ports/people.ts';
import {
  type Instance,
  type NewRequest,
  type TicketStore,
  typedRequest,
} from '../../../electron/tickets/ports/ticket-store.ts';
import { createTicketService } from '../../../electron/tickets/ticket-service.ts';
import type { ChannelMap } from '../../../shared/channel-rules.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { anInstance } from '../../fakes/instance.ts';
import { createFakeIssueTracker } from '../../fakes/issue-tracker.ts';
import { createFakeMessenger } from '../../fakes/messenger.ts';
import { aTicket } from '../../fakes/ticket.ts';
import { createFakeTicketLog } from '../../fakes/ticket-log.ts';
import { ticketRules } from '../../fakes/ticket-rules.ts';

const { classification } = aTicket();
/** A command that somebody sent. */
export const request: NewRequest = {
  requestId: 'a'.repeat(32),
  team: 'T1',
  user: 'U1',
  userName: 'ana',
  channel: 'C1',
  channelName: 'help',
  text: 'VPN is down',
  summary: 'VPN is down',
  ...typedRequest,
  markup: null,
  responseUrl: null,
};

/** A service on fakes; `restart` gives another one on the same log, as after a crash. */
export function aDesk({
  classifier,
  instance,
  retryDelayMs = () => 1,
  lookForMs = 0,
  logClock,
  files = noFiles,
  channels = {},
}: {
  classifier?: Classifier;
  /** Another one that has the log to itself at each start unless given. */
  instance?: Instance | undefined;
  retryDelayMs?: (attempt: number) => number;
  lookForMs?: number;
  /** The log's clock, in milliseconds since 1970; the computer's unless given. */
  logClock?: (() => number) | undefined;
  /** Nobody has any unless given. */
  files?: FileSource;
  channels?: ChannelMap;
} = {}) {
  const log = createFakeTicketLog(logClock);
  const tracker = createFakeIssueTracker();
  const messenger = createFakeMessenger();
  const steps: string[] = [];
  const errors: AppError[] = [];
  const start = () =>
    createTicketService({
      log,
      instance: instance ?? anInstance(),
      tracker: () => tracker,
      messenger: () => messenger,
      people: () => strangers,
      files: () => files,
      classifier: classifier ?? {
        async classify() {
          if (classification === null) throw new Error('no classification');
          return classification;
        },
      },
      retryDelayMs,
      rules: () => ({ ...ticketRules(lookForMs), channels: { rules: channels } }),
      unsureBelow: 0.4,
      retryNow() {},
      onChange: (ticket) => steps.push(ticket.step),
      onError: (error) => errors.push(error),
    });
  const service = start();
  const ticketWhen = (isAsExpected: (ticket: Ticket) => boolean) =>
    vi.waitFor(async () => {
      const ticket = await log.find(request.requestId);
      if (ticket === null || !isAsExpected(ticket)) throw new Error(JSON.stringify(ticket));
      return ticket;
    });
  return { log, tracker, messenger, service, steps, errors, restart: start, ticketWhen };
}

/** Lets something happen just before the log's next write: whoever writes has read a row that has changed since. */
export function beforeNextUpdate(log: TicketStore, happen: () => Promise<unknown>): void {
  const { update } = log;
  log.update = async (requestId, change) => {
    log.update = update;
    await happen();
    return update(requestId, change);
  };
}
