/** An answer in place of the real one; with `afterCommit` the request takes effect first, as behind a gateway. */
export interface FaultyAnswer {
  status: number;
  headers?: Record<string, string>;
  /** A string is sent as it is (HTML when it starts with `<`), anything else as JSON. */
  body?: unknown;
  afterCommit?: boolean;
}

/** The request takes effect at once; its real answer comes that much later. */
export interface SlowAnswer {
  delayMs: number;
}

/** The connection is destroyed at once; the request takes effect that much later, as one that waited in a queue. */
export interface LateLanding {
  landAfterMs: number;
}

/** `hang`: no answer ever; `cut`: the connection is destroyed; `_after_commit`: only the answer is lost; `reset`: by RST. */
export type Fault =
  | FaultyAnswer
  | SlowAnswer
  | LateLanding
  | 'hang'
  | 'hang_after_commit'
  | 'cut'
  | 'cut_after_commit'
  | 'reset';

/** A fault that lies in wait. */
export interface PlannedFault {
  /** Whether a request has met it. */
  readonly met: boolean;
}

/** A fault that every request of some kind meets, as a firewall or a portal between. */
export interface LastingFault {
  /** How many requests have met it. */
  readonly struck: number;
  end(): void;
}

export function isAfterCommit(fault: Fault): boolean {
  if (typeof fault === 'object') return 'afterCommit' in fault && fault.afterCommit === true;
  return fault === 'hang_after_commit' || fault === 'cut_after_commit';
}

/** Faults waiting for their operation, first in, first out; before them, what stands between for a time. */
export function createFaults<Request extends { operation: string }>(): {
  add(operation: string, fault: Fault): PlannedFault;
  addLasting(meets: (request: Request) => boolean, fault: Fault): LastingFault;
  take(request: Request): Fault | undefined;
} {
  const waiting: Array<{ operation: string; fault: Fault }> = [];
  const lasting = new Set<{ meets: (request: Request) => boolean; fault: Fault; struck: number }>();
  return {
    add(operation, fault) {
      const entry = { operation, fault };
      waiting.push(entry);
      return {
        get met() {
          return !waiting.includes(entry);
        },
      };
    },
    addLasting(meets, fault) {
      const entry = { meets, fault, struck: 0 };
      lasting.add(entry);
      return {
        get struck() {
          return entry.struck;
        },
        end: () => void lasting.delete(entry),
      };
    },
    take(request) {
      const between = [...lasting].find(({ meets }) => meets(request));
      if (between !== undefined) {
        between.struck += 1;
        return between.fault;
      }
      const index = waiting.findIndex(({ operation }) => operation === request.operation);
      return index < 0 ? undefined : waiting.splice(index, 1)[0]?.fault;
    },
  };
}
