import { Button, Loader } from '@mantine/core';
import styles from './list-footer.module.css';
import { useLoadRest } from './use-load-rest.ts';

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
