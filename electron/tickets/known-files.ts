import type { SlackFile, Ticket } from '../../shared/ticket.ts';
import type { FileSource } from './ports/file-source.ts';

/** A ticket's files as Slack knows them by now: of some an event tells only that they are there. */
export function knownFiles({ files }: Pick<Ticket, 'files'>, source: FileSource): Promise<SlackFile[]> {
  return Promise.all(files.map((file) => (file.url === null ? source.describe(file) : file)));
}
