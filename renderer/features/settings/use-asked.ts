import { useEffect, useState } from 'react';
import { AppError } from '../../../shared/errors.ts';
import type { Channel, Request, Response } from '../../../shared/ipc.ts';
import { ask } from '../../bridge/bridge.ts';

export interface Asked<T> {
  value: T | null;
  trouble: string | null;
  isAsking: boolean;
}

/** Asks whenever the request or the turn changes; null asks nothing. What was answered stays until the next answer. */
export function useAsked<C extends Channel>(channel: C, request: Request<C> | null, turn: number): Asked<Response<C>> {
  const [state, setState] = useState<Asked<Response<C>>>({ value: null, trouble: null, isAsking: false });
  const key = JSON.stringify(request);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn asks the same again.
  useEffect(() => {
    const parsed: Request<C> | null = JSON.parse(key);
    if (parsed === null) {
      setState({ value: null, trouble: null, isAsking: false });
      return;
    }
    let isCurrent = true;
    const become = (next: (before: Asked<Response<C>>) => Asked<Response<C>>) => isCurrent && setState(next);
    setState((before) => ({ ...before, isAsking: true }));
    ask(channel, parsed).then(
      (value) => become(() => ({ value, trouble: null, isAsking: false })),
      (thrown: unknown) => {
        const trouble = thrown instanceof AppError ? thrown.message : String(thrown);
        become(() => ({ value: null, trouble, isAsking: false }));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [channel, key, turn]);
  return state;
}
