import { AppError, type ErrorCode, errorCodes } from '../../../shared/errors.ts';

/** A line to another process; what goes over it is copied, so it must be plain data. */
export interface MessageLine {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** Another process of this program. */
export interface HostProcess extends MessageLine {
  /** Called once, however it ended; `code` is null where a signal ended it. */
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

/** `env`: beside this process's own environment. */
export type StartHost = (env?: Record<string, string>) => HostProcess;

export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Gets what the method tells while it works. */
  onEvent?: ((event: unknown) => void) | undefined;
}

/** What a method is given beside its arguments. */
export interface CallContext {
  signal: AbortSignal;
  tell(event: unknown): void;
}
export type HostMethod = (args: unknown[], context: CallContext) => Promise<unknown>;

interface ErrorMessage {
  name: string;
  message: string;
  code: ErrorCode | null;
}
type Question = { id: number; method: string; args: unknown[] } | { id: number; abort: true };
type Reply = { id: number; event: unknown } | { id: number; value: unknown } | { id: number; error: ErrorMessage };

export interface HostCalls {
  /** Rejects with what the method threw, with the signal's reason where it was aborted, and where the process ended. */
  call(method: string, args: unknown[], options?: CallOptions): Promise<unknown>;
  /** Rejects every call that has no answer yet, and all later ones. */
  fail(error: Error): void;
}

/** The asking side of the line. */
export function createHostCalls(line: MessageLine): HostCalls {
  let last = 0;
  let failed: Error | null = null;
  const open = new Map<number, { settle(reply: Reply): void; refuse(error: Error): void }>();
  line.onMessage((message) => {
    const reply = message as Reply;
    open.get(reply.id)?.settle(reply);
  });
  return {
    call(method, args, { signal, onEvent } = {}) {
      if (failed !== null) return Promise.reject(failed);
      if (signal?.aborted) return Promise.reject(signal.reason);
      last += 1;
      const id = last;
      return new Promise((resolve, reject) => {
        const abort = () => line.post({ id, abort: true } satisfies Question);
        const done = () => {
          open.delete(id);
          signal?.removeEventListener('abort', abort);
        };
        open.set(id, {
          settle(reply) {
            if ('event' in reply) return onEvent?.(reply.event);
            done();
            if ('value' in reply) resolve(reply.value);
            else reject(signal?.aborted ? signal.reason : toError(reply.error));
          },
          refuse(error) {
            done();
            // Who wanted it ended is not told that it ended.
            reject(signal?.aborted ? signal.reason : error);
          },
        });
        signal?.addEventListener('abort', abort, { once: true });
        line.post({ id, method, args } satisfies Question);
      });
    },
    fail(error) {
      failed = error;
      for (const { refuse } of open.values()) refuse(error);
    },
  };
}

/** The answering side of the line. */
export function answerCalls(line: MessageLine, methods: Record<string, HostMethod>): void {
  const running = new Map<number, AbortController>();
  const post = (reply: Reply) => line.post(reply);
  line.onMessage((message) => {
    const question = message as Question;
    if ('abort' in question) return running.get(question.id)?.abort();
    void answer(question);
  });

  async function answer({ id, method, args }: Extract<Question, { method: string }>): Promise<void> {
    const stop = new AbortController();
    running.set(id, stop);
    try {
      const found = methods[method];
      if (found === undefined) throw new AppError('bug', `The model's process knows no ${method}.`);
      const value = await found(args, { signal: stop.signal, tell: (event) => post({ id, event }) });
      post({ id, value });
    } catch (thrown) {
      post({ id, error: toMessage(thrown) });
    } finally {
      running.delete(id);
    }
  }
}

function toMessage(thrown: unknown): ErrorMessage {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown), code: null };
  const code = thrown instanceof AppError ? thrown.code : null;
  return { name: thrown.constructor.name, message: thrown.message, code };
}

function toError({ name, message, code }: ErrorMessage): Error {
  const known = errorCodes.find((each) => each === code);
  return known === undefined ? Object.assign(new Error(message), { name }) : new AppError(known, message);
}
