import type { AppStatus } from '../../shared/app-status.ts';
import { type AppError, toAppError } from '../../shared/errors.ts';
import { freeBytes as freeBytesOf } from '../files/free-bytes.ts';
import type { TicketReader } from '../tickets/ports/ticket-reader.ts';
import { diskHealth, type Health, healthLine } from './health.ts';

/** Everything of the status that is noted as it happens, or looked up when somebody asks. */
export type BoardStatus = Pick<AppStatus, 'jira' | 'model' | 'disk' | 'lastError' | 'attention' | 'unfinished'> & {
  slack: Health['slack'];
  log: Omit<AppStatus['log'], 'bytes' | 'backup' | 'recovery'>;
};

export interface StatusBoardDeps {
  dataDir: string;
  log: Pick<TicketReader, 'overview'>;
  /** Bytes free for a folder; null where unknown. */
  freeBytes: ((folder: string) => Promise<number | null>) | undefined;
  /** Prints one line per change of a part. */
  print(line: string): void;
  /** Something of the status has changed. */
  onChange(): void;
}

/** Health of each part, the last error, and the figures of log and disk. */
export interface StatusBoard {
  /** Looks at the disk now, and every three minutes. */
  start(): void;
  health<Part extends keyof Health>(part: Part): Health[Part];
  show<Part extends keyof Health>(part: Part, health: Health[Part]): void;
  failed(error: Pick<AppError, 'code' | 'message'>): void;
  read(): Promise<BoardStatus>;
  stop(): void;
}

/** How often it is seen to that the disk has room, in milliseconds. */
const diskCheckMs = 3 * 60_000;

const starting = { state: 'off', code: 'starting', detail: null } as const;

export function createStatusBoard({
  dataDir,
  log,
  freeBytes = freeBytesOf,
  print,
  onChange,
}: StatusBoardDeps): StatusBoard {
  const parts: Health = {
    slack: { ...starting, since: null, desktops: null },
    jira: starting,
    model: { ...starting, file: null, device: null },
    disk: diskHealth(null, dataDir),
  };
  /** The log's figures, as they were last read. */
  let known = { tickets: 0, attention: 0, unfinished: 0 };
  let lastError: AppStatus['lastError'] = null;
  let diskTimer: NodeJS.Timeout | undefined;

  function show<Part extends keyof Health>(part: Part, health: Health[Part]): void {
    const line = healthLine(part, health);
    if (line !== healthLine(part, parts[part])) print(line);
    parts[part] = health;
    onChange();
  }

  async function checkDisk(): Promise<number | null> {
    const free = await freeBytes(dataDir);
    const disk = diskHealth(free, dataDir);
    // The figure in its words changes all the time; only another code is news.
    if (disk.code !== parts.disk.code) show('disk', disk);
    parts.disk = disk;
    return free;
  }

  /** Reads the log's figures; where it cannot be read, gives those of before and says so. */
  async function readLog(): Promise<typeof known & { message: string | null }> {
    try {
      const { counts } = await log.overview();
      known = { tickets: counts.all, attention: counts.attention, unfinished: counts.unfinished };
      return { ...known, message: null };
    } catch (thrown) {
      return { ...known, message: toAppError(thrown).message };
    }
  }

  return {
    start() {
      diskTimer ??= setInterval(() => void checkDisk(), diskCheckMs);
      diskTimer.unref();
      void checkDisk();
    },
    health: (part) => parts[part],
    show,
    failed({ code, message }) {
      lastError = { at: new Date().toISOString(), code, message };
      onChange();
    },
    async read() {
      const [{ attention, unfinished, ...figures }, diskFree] = await Promise.all([readLog(), checkDisk()]);
      return { ...parts, log: { ...figures, diskFree }, lastError, attention, unfinished };
    },
    stop: () => clearInterval(diskTimer),
  };
}
