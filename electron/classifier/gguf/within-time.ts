import { runInNewContext } from 'node:vm';

/**
 * What `work` returns, which never gives way to the event loop, where it takes `limitMs` at most. V8 ends it wherever it
 * is then, past any `catch` of its own.
 * @throws Error of `ERR_SCRIPT_EXECUTION_TIMEOUT` where it takes longer, else what `work` throws
 */
export function withinTime<Result>(limitMs: number, work: () => Result): Result {
  const results: Result[] = [];
  // The limit holds for what the script calls, too, wherever that was written.
  runInNewContext('work()', { work: () => results.push(work()) }, { timeout: limitMs });
  const [result] = results;
  return result as Result;
}

/** Whether `withinTime` ended it. */
export function isOutOfTime(thrown: unknown): boolean {
  // The error is one of the script's own world, where `Error` is another.
  return (
    typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
