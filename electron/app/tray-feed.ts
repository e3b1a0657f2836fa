import type { AppStatus, DiskHealth } from '../../shared/app-status.ts';
import { type AppError, toAppError } from '../../shared/errors.ts';
import { allTickets } from '../../shared/ticket-list.ts';
import type { TicketLog } from '../tickets/ports/ticket-log.ts';
import type { Program } from './program.ts';

export interface TrayFeedDeps {
  program: Pick<Program, 'status'>;
  log: Pick<TicketLog, 'list'>;
  show(state: { status: AppStatus; latest: Awaited<ReturnType<TicketLog['list']>> }): void;
  /** The disk has little room, and had more when it was last looked at; `detail`: what to do. */
  onDisk(detail: string): void;
  onError(error: AppError, about: string): void;
}

/** Shows in the tray how everything is, each time it is called; tells once when the disk gets full. Never rejects. */
export function createTrayFeed({ program, log, show, onDisk, onError }: TrayFeedDeps): () => Promise<void> {
  let toldOfDisk: DiskHealth['code'] = 'ok';
  return async () => {
    try {
      // A log that cannot be read is told of by the status.
      const latest = log.list({ filter: allTickets, limit: 5 }).catch(() => []);
      const status = await program.status();
      show({ status, latest: await latest });
      const { code, detail } = status.disk;
      if (code !== toldOfDisk && detail !== null) onDisk(detail);
      toldOfDisk = code;
    } catch (thrown) {
      onError(toAppError(thrown), 'tray');
    }
  };
}
