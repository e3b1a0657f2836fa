/** An answer in place of the real one; with `afterCommit` the request takes effect first, as behind a gateway. */
export interface FaultyAnswer {
  status: number;
  headers?: Record<string, string>;
  /** A string is sent as it is (HTML when it starts with `<`), anything else as JSON. */
  body?: unknown;
  afterCommit?: boolean;
}

/** `hang`: no answer ever; `cut`: the connection is destroyed; `_after_commit`: only the answer is lost. */
export type Fault = FaultyAnswer | 'hang' | 'hang_after_commit' | 'cut' | 'cut_after_commit';

export function isAfterCommit(fault: Fault): boolean {
  if (typeof fault === 'object') return fault.afterCommit === true;
  return fault === 'hang_after_commit' || fault === 'cut_after_commit';
}

/** Faults waiting for their operation, first in, first out. */
export function createFaults(): {
  add(operation: string, fault: Fault): void;
  take(operation: string): Fault | undefined;
} {
  const waiting: Array<{ operation: string; fault: Fault }> = [];
  return {
    add(operation, fault) {
      waiting.push({ operation, fault });
    },
    take(operation) {
      const index = waiting.findIndex((entry) => entry.operation === operation);
      return index < 0 ? undefined : waiting.splice(index, 1)[0]?.fault;
    },
  };
}
