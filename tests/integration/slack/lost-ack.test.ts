import { App, LogLevel } from '@slack/bolt';
import { expect, it } from 'vitest';
import { registerActions } from '../../../electron/slack/actions.ts';
import { actionIds } from '../../../electron/slack/blocks.ts';
import { registerCommands } from '../../../electron/slack/commands.ts';
import * as replies from '../../../electron/slack/replies.ts';
import type { Reply } from '../../../electron/slack/responder.ts';
import { createServiceOnFakes } from '../../fakes/ticket-service.ts';

const place = { team_id: 'T1', channel_id: 'C1', user_id: 'U1', response_url: 'https://hooks.slack.com/1' };
const ticketOf = (triggerId: string) => ({ ...place, command: '/ticket', text: 'VPN', trigger_id: triggerId });
const strangeClick = {
  type: 'block_actions',
  team: { id: 'T1' },
  user: { id: 'U1' },
  channel: { id: 'C1' },
  response_url: place.response_url,
  actions: [{ type: 'button', action_id: actionIds.approve, block_id: 'b', value: 'of another app', action_ts: '1.1' }],
};

/** Commands and clicks on the fakes, whose acknowledgement finds the socket dead once `isLost`. */
function aWorkspace() {
  const said: Reply[] = [];
  const acks: unknown[] = [];
  const errors: Error[] = [];
  const line = { isLost: false };
  const app = new App({
    receiver: { init() {}, start: async () => {}, stop: async () => {} },
    authorize: async () => ({ botToken: 'xoxb-1', teamId: 'T1', botUserId: 'U0' }),
    convoStore: false,
    logLevel: LogLevel.ERROR,
  });
  app.error(async (error) => void errors.push(error));
  const deps = {
    tickets: createServiceOnFakes(),
    responder: { respond: async (_url: string, reply: Reply) => void said.push(reply) },
    openForm: async () => {},
    onError: (error: Error) => void errors.push(error),
  };
  registerCommands(app, deps);
  registerActions(app, { ...deps, mayDecide: () => true });
  const deliver = (body: object) =>
    app.processEvent({
      body,
      async ack(answer) {
        acks.push(answer);
        if (line.isLost) throw new Error('the socket is closed');
      },
    });
  return { deliver, line, said, acks, errors };
}

it('says that a button is not ours also where the acknowledgement was lost', async () => {
  const { deliver, line, said, errors } = aWorkspace();
  line.isLost = true;
  await deliver(strangeClick);
  expect(said).toMatchObject([{ text: replies.unknownButton }]);
  expect(errors).toHaveLength(1);
});

it('never says that a ticket was not received where the word that it was sent twice is lost', async () => {
  const { deliver, line, acks, errors } = aWorkspace();
  await deliver(ticketOf('1'));
  line.isLost = true;
  await deliver(ticketOf('2'));
  expect(acks).toMatchObject([{ text: replies.creating }, { text: expect.stringContaining('a moment ago') }]);
  expect(errors).toHaveLength(1);
});
