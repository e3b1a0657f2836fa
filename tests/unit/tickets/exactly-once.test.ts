import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noFiles } from '../../../electron/tickets/ports/file-source.ts';
import type { IssueTracker } from '../../../electron/tickets/ports/issue-tracker.ts';
import type { Messenger } from '../../../electron/tickets/ports/messenger.ts';
import { strangers } from '../../../electron/tickets/ports/people.ts';
import type { TicketLog } from '../../../electron/tickets/ports/ticket-log.ts';
import type { NewRequest } from '../../../electron/tickets/ports/ticket-store.ts';
import { createTicketService, type TicketService } from '../../../electron/tickets/ticket-service.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { anInstance } from '../../fakes/instance.ts';
import { createFakeIssueTracker } from '../../fakes/issue-tracker.ts';
import { createFakeMessenger } from '../../fakes/messenger.ts';
import { aTicket } from '../../fakes/ticket.ts';
import { createFakeTicketLog } from '../../fakes/ticket-log.ts';
import { ticketRules } from '../../fakes/ticket-rules.ts';
import { request as typed } from './a-desk.ts';

const { requestId } = typed;
const ts = '1700000000.000100';
const unread = { ts, threadTs: ts, author: null, authorName: null, url: null };
/** The same request by each door: typed, or of a message whose words came along or are still to be read. */
const requests: readonly NewRequest[] = [
  typed,
  { ...typed, door: 'direct', markup: typed.text, sourceMessage: unread },
  { ...typed, door: 'reaction', text: '', summary: 'A message in Slack', sourceMessage: unread },
];
/**
 * The look for a lost create, and the longest that a create takes to land after its answer was lost, in milliseconds of a
 * clock that stands still while anything is done: on a busy machine a create could else land later than that.
 */
const lookForMs = 30;
const landsAfterMs = 12;

/** What becomes of one call: of a create, an announcement or any other. */
const outcomes = [
  'works',
  'never_reached',
  'asked_to_pause',
  'lost_before',
  'lost_after',
  'lands_late',
  'killed_before',
  'killed_after',
] as const;
type Outcome = (typeof outcomes)[number];

const errors: Partial<Record<Outcome, () => AppError>> = {
  never_reached: () => new AppError('unavailable', 'It cannot be reached.'),
  asked_to_pause: () => new AppError('rate_limited', 'It asks for a pause.', { retryAfterMs: 2 }),
  lost_before: () => new AppError('unconfirmed', 'No answer came.'),
  lost_after: () => new AppError('unconfirmed', 'No answer came.'),
  lands_late: () => new AppError('unconfirmed', 'No answer came.'),
};

/** Stores that outlive the program, and programs on them that die in the middle of a call. */
function aWorld(
  outcomesOf: { create: Outcome[]; post: Outcome[]; read: Outcome[]; log: Outcome[] },
  request: NewRequest,
) {
  const stores = { log: createFakeTicketLog(), tracker: createFakeIssueTracker(), messenger: createFakeMessenger() };
  stores.messenger.written.set(ts, { text: typed.text, author: 'U7' });
  const script = {
    create: [...outcomesOf.create],
    post: [...outcomesOf.post],
    read: [...outcomesOf.read],
    // A write of the log works or the process dies around it: what a full disk does is another test's.
    log: outcomesOf.log.map((outcome) => (outcome.startsWith('killed') ? outcome : ('works' as const))),
  };
  const never = new Promise<never>(() => {});
  let service: TicketService | null = null;
  let starts = 0;

  function start(): void {
    starts += 1;
    const own = starts;
    let isAlive = true;
    function kill(): Promise<never> {
      isAlive = false;
      service = null;
      // The next start is a process of its own: nothing of this one goes on.
      setTimeout(() => own === starts && start(), 1);
      return never;
    }
    async function call<T>(kind: keyof typeof script, work: () => Promise<T>): Promise<T> {
      if (!isAlive) return never;
      const outcome = script[kind].shift() ?? 'works';
      if (outcome === 'killed_before') return kill();
      if (outcome === 'lands_late' && kind === 'create') {
        setTimeout(() => void work(), landsAfterMs);
      } else if (outcome === 'works' || outcome.endsWith('_after')) {
        const result = await work();
        if (outcome === 'killed_after') return kill();
        if (outcome === 'works') return isAlive ? result : never;
      }
      throw (errors[outcome] ?? (() => new AppError('bug', 'There is no such outcome.')))();
    }
    const tracker: IssueTracker = {
      ...stores.tracker,
      createIssue: (draft) => call('create', () => stores.tracker.createIssue(draft)),
    };
    const messenger: Messenger = {
      ...stores.messenger,
      announce: (ticket) => call('post', () => stores.messenger.announce(ticket)),
      explain: async () => {},
      readMessage: (ticket) => call('read', () => stores.messenger.readMessage(ticket)),
      earlierTicket: (ticket) => call('read', () => stores.messenger.earlierTicket(ticket)),
    };
    const log: TicketLog = {
      ...stores.log,
      find: (id) => (isAlive ? stores.log.find(id) : never),
      update: (id, change) => call('log', () => stores.log.update(id, change)),
    };
    const { classification } = aTicket();
    if (classification === null) throw new Error('no classification');
    service = createTicketService({
      log,
      instance: anInstance(),
      tracker: () => tracker,
      messenger: () => messenger,
      people: () => strangers,
      files: () => noFiles,
      classifier: { classify: async () => classification },
      retryDelayMs: () => 1,
      rules: () => ticketRules(lookForMs),
      unsureBelow: 0.4,
      retryNow() {},
      onChange() {},
      onError() {},
    });
    void service.resume();
  }

  return {
    ...stores,
    start,
    /** Slack hands the command over: to the process that is there, or to none. */
    async deliver(): Promise<void> {
      if (service === null) return;
      const current = service;
      const { ticket } = await current.receive(request);
      current.enqueue(ticket.requestId);
    },
    /** The ticket once nothing is left to do without a person. */
    async atRest(): Promise<Ticket | null> {
      for (;;) {
        const ticket = await stores.log.find(requestId);
        const isAtRest = ticket === null || ['announced', 'unconfirmed', 'done'].includes(ticket.step);
        if (isAtRest || ticket.status === 'failed') {
          await vi.advanceTimersByTimeAsync(landsAfterMs);
          return stores.log.find(requestId);
        }
        await vi.advanceTimersByTimeAsync(1);
      }
    },
    async end() {
      starts += 1;
      await service?.stop();
    },
  };
}

const many = (most: number) => fc.array(fc.constantFrom(...outcomes), { maxLength: most });

describe('whatever dies on the way', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('a request ends as exactly one issue with one announcement, or at a person who is told that nobody knows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ create: many(4), post: many(3), read: many(3), log: many(6) }),
        fc.constantFrom(...requests),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        async (script, request, deliveries, isCertain) => {
          const world = aWorld(script, request);
          world.tracker.isCertain = isCertain;
          world.start();
          for (let count = 0; count < deliveries; count += 1) await world.deliver();
          const ticket = await world.atRest();
          await world.end();
          const issues = world.tracker.issues.filter((issue) => issue.requestId === requestId);
          expect(issues.length).toBeLessThanOrEqual(1);
          if (ticket?.step === 'unconfirmed') expect(isCertain).toBe(false);
          else {
            expect(ticket).toMatchObject({ step: 'announced', status: 'created', issueKey: issues[0]?.key });
            expect(world.messenger.messages.filter(({ kind }) => kind === 'announcement')).toHaveLength(1);
          }
        },
      ),
      { numRuns: 300, seed: 4, endOnFailure: true },
    );
  }, 120_000);
});
