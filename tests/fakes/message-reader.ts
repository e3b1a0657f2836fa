import type { MessageReader } from '../../electron/tickets/ports/message-reader.ts';
import { AppError } from '../../shared/errors.ts';

/** For tests in which no ticket is made of a message. */
export const noMessages: MessageReader = {
  async readMessage() {
    throw new AppError('bug', 'There are no messages to read.');
  },
  channelNameOf: async ({ channelName }) => channelName,
  earlierTicket: async () => null,
};
