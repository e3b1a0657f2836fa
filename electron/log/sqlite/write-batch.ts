import type { Database } from 'better-sqlite3';

/** Has writes that arrive together share a transaction, and so one wait for the disk. */
export interface WriteBatch {
  /** Resolves once `work` is committed. `work` may read, then write with one statement, which undoes itself alone. */
  write<T>(work: () => T): Promise<T>;
  /** Commits what is waiting, now. */
  flush(): void;
}

interface Job {
  /** Gives what to do once the transaction is committed. */
  run(): () => void;
  reject(thrown: unknown): void;
}

/** Makes one transaction of the writes of one turn of the event loop, in the order in which they came. */
export function createWriteBatch(db: Database): WriteBatch {
  let waiting: Job[] = [];

  function write<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = () => {
        try {
          const result = work();
          return () => resolve(result);
        } catch (thrown) {
          // On a full disk and the like SQLite rolls the whole transaction back: then nobody's work is done.
          if (!db.inTransaction) throw thrown;
          return () => reject(thrown);
        }
      };
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ run, reject });
    });
  }

  function flush(): void {
    const jobs = waiting;
    waiting = [];
    if (jobs.length === 0) return;
    try {
      const settlements = db.transaction(() => jobs.map((job) => job.run())).immediate();
      for (const settle of settlements) settle();
    } catch (thrown) {
      for (const job of jobs) job.reject(thrown);
    }
  }

  return { write, flush };
}
