import { useCallback, useEffect, useRef, useState } from 'react';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Bridge, Change, Channel, Request, Response } from '../../shared/ipc.ts';

declare global {
  interface Window {
    desk: Bridge;
  }
}

/** Asks main; throws AppError with main's code. */
export async function ask<C extends Channel>(channel: C, request: Request<C>): Promise<Response<C>> {
  const result = await window.desk.invoke(channel, request);
  if (!result.ok) throw new AppError(result.error.code, result.error.message);
  return result.value;
}

/** What went wrong, as main says it. */
export interface Trouble {
  code: ErrorCode;
  message: string;
}

const toTrouble = (thrown: unknown): Trouble =>
  thrown instanceof AppError
    ? { code: thrown.code, message: thrown.message }
    : { code: 'bug', message: thrown instanceof Error ? thrown.message : String(thrown) };

export interface Live<T> {
  /** The last answer, also while a newer question failed; null before the first. */
  value: T | null;
  trouble: Trouble | null;
  reload(): void;
  /** What an action answered counts until main is asked again, so that nothing old is shown in between. */
  accept(value: T): void;
}

/** What main answers, asked again whenever main says that `change` happened. */
export function useLive<C extends Channel>(channel: C, request: Request<C>, change: Change): Live<Response<C>> {
  const [value, setValue] = useState<Response<C> | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  /** Number of the last question, and of the newest one whose answer is shown: answers may overtake each other. */
  const turns = useRef({ asked: 0, shown: 0 });
  // Requests are small plain objects: their text is their identity.
  const key = JSON.stringify(request);
  const [shownFor, setShownFor] = useState(key);
  // The answer to another question is none to this one.
  if (shownFor !== key) {
    setShownFor(key);
    setValue(null);
    setTrouble(null);
  }
  const reload = useCallback(() => {
    const parsed: Request<C> = key === undefined ? undefined : JSON.parse(key);
    turns.current.asked += 1;
    const turn = turns.current.asked;
    const isNews = () => {
      if (turn < turns.current.shown) return false;
      turns.current.shown = turn;
      return true;
    };
    ask(channel, parsed).then(
      (answer) => {
        if (!isNews()) return;
        setValue(() => answer);
        setTrouble(null);
      },
      (thrown: unknown) => {
        if (isNews()) setTrouble(toTrouble(thrown));
      },
    );
  }, [channel, key]);
  useEffect(() => {
    reload();
    return window.desk.onChange((happened) => {
      if (happened === change) reload();
    });
  }, [reload, change]);
  const accept = useCallback((answer: Response<C>) => setValue(() => answer), []);
  return { value, trouble, reload, accept };
}

/** Two answers that are shown together: there is none before both are there. */
export function both<A, B>(one: Live<A>, other: Live<B>): Pick<Live<[A, B]>, 'value' | 'trouble' | 'reload'> {
  return {
    value: one.value === null || other.value === null ? null : [one.value, other.value],
    trouble: one.trouble ?? other.trouble,
    reload() {
      one.reload();
      other.reload();
    },
  };
}

export interface Action<C extends Channel> {
  /** Gives main's answer, or null where it failed; `trouble` then says why. Never rejects. */
  run(request: Request<C>): Promise<{ value: Response<C> } | null>;
  isRunning: boolean;
  /** Whether the last run succeeded. */
  isDone: boolean;
  trouble: Trouble | null;
  /** Forgets how the last run ended. */
  reset(): void;
}

/** Something that a person asks main to do, with how it goes. */
export function useAction<C extends Channel>(channel: C): Action<C> {
  const [state, setState] = useState<'idle' | 'running' | 'done' | Trouble>('idle');
  const run = useCallback(
    async (request: Request<C>) => {
      setState('running');
      try {
        const value = await ask(channel, request);
        setState('done');
        return { value };
      } catch (thrown) {
        setState(toTrouble(thrown));
        return null;
      }
    },
    [channel],
  );
  const reset = useCallback(() => setState('idle'), []);
  return {
    run,
    isRunning: state === 'running',
    isDone: state === 'done',
    trouble: typeof state === 'object' ? state : null,
    reset,
  };
}
