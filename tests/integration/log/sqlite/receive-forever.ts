// A process of its own for ticket-log.test.ts, which kills it: prints each request's id once it is acknowledged.

import { createTicketLog } from '../../../../electron/log/sqlite/ticket-log.ts';
import { typedRequest } from '../../../../electron/tickets/ports/ticket-store.ts';

const [file = ''] = process.argv.slice(2);
const request = {
  team: 'T1',
  user: 'U1',
  userName: null,
  channel: 'C1',
  channelName: null,
  ...typedRequest,
  markup: null,
  responseUrl: null,
};
const log = await createTicketLog({ file });
for (let index = 0; ; index += 1) {
  const text = `request ${index}`;
  const { ticket } = await log.receive({ ...request, requestId: `r${index}`, text, summary: text });
  process.stdout.write(`${ticket.requestId}\n`);
}
