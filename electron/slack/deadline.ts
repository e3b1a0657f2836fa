import { setTimeout as wait } from 'node:timers/promises';

/** Result where something took too long. */
export const tooLate = Symbol('too late');

/** Waits at most so many milliseconds. */
export function within<T>(ms: number, work: Promise<T>): Promise<T | typeof tooLate> {
  return Promise.race([work, wait(ms, tooLate, { ref: false })]);
}

/** Waits of which all together end at one time. */
export interface Deadline {
  /** Waits at most so many milliseconds, and not past the deadline. */
  within<T>(mostMs: number, work: Promise<T>): Promise<T | typeof tooLate>;
  /** Milliseconds that are left, at most so many. */
  left(mostMs: number): number;
}

export function createDeadline(ms: number): Deadline {
  const until = performance.now() + ms;
  const left = (mostMs: number) => Math.max(0, Math.min(mostMs, until - performance.now()));
  return { left, within: (mostMs, work) => within(left(mostMs), work) };
}
