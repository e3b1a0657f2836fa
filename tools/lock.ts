import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/** Longest wait for another process, in milliseconds: a first preparation on a slow machine. */
const patience = 15 * 60_000;

/**
 * Runs `work` while no other process holds the same lock file. The lock is SQLite's own on an empty database:
 * the operating system drops it when the process dies, however it dies, so that there are no stale locks.
 * `onWait` is called once when somebody else holds it.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, onWait: () => void = () => {}): Promise<T> {
  mkdirSync(path.dirname(file), { recursive: true });
  const lock = new Database(file, { timeout: 0 });
  try {
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch (thrown) {
      if (!(thrown instanceof Database.SqliteError) || thrown.code !== 'SQLITE_BUSY') throw thrown;
      onWait();
      lock.pragma(`busy_timeout = ${patience}`);
      lock.exec('BEGIN EXCLUSIVE');
    }
    return await work();
  } finally {
    lock.close();
  }
}
