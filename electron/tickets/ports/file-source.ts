import { AppError } from '../../../shared/errors.ts';
import type { SlackFile } from '../../../shared/ticket.ts';

/** The files of messages, where the chat keeps them. */
export interface FileSource {
  /**
   * Asks what is known of a file of which a message tells little; gives it as it is where nobody says, or not in time. Never
   * rejects.
   */
  describe(file: SlackFile): Promise<SlackFile>;
  /**
   * Fetches a file and gives it to `use`, whose answer it gives; afterwards it is kept nowhere. Throws `invalid_input` where it
   * is larger, `forbidden` where the chat does not give it out, `not_found` where it is gone, and what passes by itself, of
   * which `unavailable` says that it may be asked for again; whatever `use` throws, as it is.
   */
  fetch<Result>(file: SlackFile, mostBytes: number, use: (content: Blob) => Promise<Result>): Promise<Result>;
}

/** Where there is nobody to ask. */
export const noFiles: FileSource = {
  describe: async (file) => file,
  async fetch() {
    throw new AppError('forbidden', 'There is no connection to the place where this file is.');
  },
};
