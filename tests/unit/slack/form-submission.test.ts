import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDeadline } from '../../../electron/slack/deadline.ts';
import { createFormDesk, type OpenForm } from '../../../electron/slack/form-desk.ts';
import { createSubmission } from '../../../electron/slack/form-submission.ts';
import { submissionMs } from '../../../electron/slack/forms.ts';
import { createFormCache } from '../../../electron/slack/modal/form-cache.ts';
import { emptyMetadata } from '../../../electron/slack/modal/metadata.ts';
import { createFakeTicketLog } from '../../fakes/ticket-log.ts';
import { createServiceOnFakes } from '../../fakes/ticket-service.ts';

// Fake timers leave this module alone otherwise.
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number, value: unknown) =>
    new Promise((resolve) => {
      globalThis.setTimeout(resolve, ms, value);
    }),
}));
afterEach(() => vi.useRealTimers());

const never = () => new Promise<never>(() => {});
const by = { team: 'T1', user: 'U1', userName: 'alice', viewId: 'V1', responseUrl: null };
const person = { type: 'input', block_id: 'field:customfield_1', element: { type: 'users_select' } };
const channel = { type: 'input', block_id: 'channel', element: { type: 'static_select' } };
const form = (change: Partial<OpenForm> = {}): OpenForm => ({
  metadata: emptyMetadata,
  state: { summary: 'VPN is down', description: '', choice: null, channel: null, entered: {} },
  ...{ root: 'V1', blocks: [], longText: null, given: {}, wanted: { wantedType: null, wantedProject: null } },
  ...change,
});

function submission(log = createFakeTicketLog()) {
  const tickets = createServiceOnFakes(log);
  const desk = createFormDesk({
    tickets,
    views: { open: never, update: never },
    cache: createFormCache(never),
    offeredChannels: async () => [{ id: 'C1', name: 'support' }],
    channelName: never,
    isAlone: () => true,
    onError() {},
  });
  return createSubmission({ desk, tickets, emailOf: never });
}

describe('a submission', () => {
  it('is answered in time where nobody answers the program', async () => {
    vi.useFakeTimers();
    const state = { ...form().state, channel: { id: 'C1', name: 'support' }, entered: { customfield_1: 'U2' } };
    const answered = vi.fn();
    const deadline = createDeadline(submissionMs);
    void submission()(form({ state, blocks: [person] }), by, deadline).then(answered);
    await vi.advanceTimersByTimeAsync(submissionMs);
    expect(answered).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ outcome: 'taken' }));
  });

  it('knows a channel by its id that was chosen by its name, before Slack had told the id', async () => {
    const log = createFakeTicketLog();
    const state = { ...form().state, channel: { id: 'support', name: 'support' } };
    const answer = await submission(log)(form({ state }), by, createDeadline(submissionMs));
    expect(answer).toMatchObject({ outcome: 'taken' });
    const requestId = answer.outcome === 'taken' ? answer.requestId : '';
    expect(await log.find(requestId)).toMatchObject({ channel: 'C1', channelName: 'support' });
  });

  it('without a channel shows the form once more, with what it lacks', async () => {
    const answer = await submission()(form(), by, createDeadline(submissionMs));
    expect(answer).toMatchObject({ outcome: 'update' });
    expect(JSON.stringify(answer)).toMatch(/Choose the channel.*#support/);
  });

  it('without a channel says so at the input for one', async () => {
    const answer = await submission()(form({ blocks: [channel] }), by, createDeadline(submissionMs));
    expect(answer).toMatchObject({ outcome: 'errors', errors: { channel: expect.stringContaining('Choose') } });
  });
});
