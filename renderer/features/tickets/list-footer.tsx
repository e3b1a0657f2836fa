import { Button, Loader } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { toAppError } from '../../../shared/errors.ts';
import { ask } from '../../bridge/bridge.ts';
import styles from './list-footer.module.css';

/** The list's footer: what it holds, and how to get what it does not hold. */
export function ListFooter() {
  const { phase, seen, added, message, run, cancel } = useLoadRest();
  const progress = `Looked at ${seen.toLocaleString()} ${seen === 1 ? 'issue' : 'issues'}, added ${added.toLocaleString()}.`;
  return (
    <footer className={styles['footer']}>
      <span className={styles['words']} role="status">
        {phase === 'idle' && 'This list holds what this desktop handled.'}
        {phase === 'running' && (seen === 0 ? 'Asking Jira…' : progress)}
        {phase === 'stopped' && `Stopped. ${progress}`}
        {phase === 'failed' && `${message} ${seen === 0 ? '' : progress}`}
        {phase === 'done' && `That was all. ${progress}`}
      </span>
      {phase === 'running' ? (
        <>
          <Loader size={14} aria-hidden />
          <Button size="compact-xs" onClick={cancel}>
            Cancel
          </Button>
        </>
      ) : (
        <Button size="compact-xs" variant="subtle" onClick={run}>
          {{ idle: 'Load the rest from Jira', stopped: 'Go on', failed: 'Try again', done: 'Look again' }[phase]}
        </Button>
      )}
    </footer>
  );
}

interface LoadRest {
  phase: 'idle' | 'running' | 'stopped' | 'failed' | 'done';
  /** Issues of ours that Jira showed, and those of them that the list lacked. */
  seen: number;
  added: number;
  /** Why it failed; null otherwise. */
  message: string | null;
  /** Starts, or continues where it stopped. */
  run(): void;
  cancel(): void;
}

const untouched: Omit<LoadRest, 'run' | 'cancel'> = { phase: 'idle', seen: 0, added: 0, message: null };

/** Fetches the issues that carry our label from Jira, page by page, until the last one or until the person cancels. */
function useLoadRest(): LoadRest {
  const [state, setState] = useState(untouched);
  const next = useRef<string | null>(null);
  /** Number of the run that may go on. */
  const turn = useRef(0);
  useEffect(
    () => () => {
      turn.current += 1;
    },
    [],
  );

  const run = useCallback(async () => {
    turn.current += 1;
    const own = turn.current;
    const isOver = () => own !== turn.current;
    if (next.current === null) setState({ ...untouched, phase: 'running' });
    else setState((before) => ({ ...before, phase: 'running', message: null }));
    try {
      do {
        const page = await ask('tickets:load-rest', { from: next.current });
        if (isOver()) return;
        next.current = page.next;
        const phase = page.next === null ? 'done' : 'running';
        setState(({ seen, added }) => ({ phase, seen: seen + page.seen, added: added + page.added, message: null }));
      } while (next.current !== null);
    } catch (thrown) {
      if (isOver()) return;
      const { message } = toAppError(thrown);
      setState((before) => ({ ...before, phase: 'failed', message }));
    }
  }, []);

  const cancel = useCallback(() => {
    turn.current += 1;
    setState((before) => ({ ...before, phase: 'stopped' }));
  }, []);
  return { ...state, run, cancel };
}
