import { useCallback, useEffect, useRef, useState } from 'react';
import { AppError } from '../shared/errors.ts';
import type { Change, Channel, Desk, Request, Response } from '../shared/ipc.ts';

declare global {
  interface Window {
    desk: Desk;
  }
}

/** Asks main; throws AppError with main's code. */
export async function ask<C extends Channel>(channel: C, request: Request<C>): Promise<Response<C>> {
  const result = await window.desk.invoke(channel, request);
  if (!result.ok) throw new AppError(result.error.code, result.error.message);
  return result.value;
}

export interface Live<T> {
  value: T | null;
  error: string | null;
  reload(): void;
}

/** What main answers, asked again whenever main says that `change` happened. */
export function useLive<C extends Channel>(channel: C, request: Request<C>, change: Change): Live<Response<C>> {
  const [value, setValue] = useState<Response<C> | null>(null);
  const [error, setError] = useState<string | null>(null);
  /** Number of the last question, and of the newest one whose answer is shown: answers may overtake each other. */
  const turns = useRef({ asked: 0, shown: 0 });
  // Requests are small plain objects: their text is their identity.
  const key = JSON.stringify(request);
  const reload = useCallback(() => {
    const parsed: Request<C> = key === undefined ? undefined : JSON.parse(key);
    turns.current.asked += 1;
    const turn = turns.current.asked;
    const show = (answer: () => void) => {
      if (turn < turns.current.shown) return;
      turns.current.shown = turn;
      answer();
    };
    ask(channel, parsed).then(
      (answer) =>
        show(() => {
          setValue(answer);
          setError(null);
        }),
      (thrown: Error) => show(() => setError(thrown.message)),
    );
  }, [channel, key]);
  useEffect(() => {
    reload();
    return window.desk.onChange((changed) => {
      if (changed === change) reload();
    });
  }, [reload, change]);
  return { value, error, reload };
}
