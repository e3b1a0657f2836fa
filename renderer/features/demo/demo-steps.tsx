import { Button } from '@mantine/core';
import { IconArrowRight, IconCheck } from '@tabler/icons-react';
import type { DemoView } from '../../../shared/demo-view.ts';
import { useNavigation } from '../../navigation/navigation.ts';
import styles from './demo-steps.module.css';

/** What to do here, and how far a person has come. */
export function DemoSteps({ issues, isDecided }: Pick<DemoView, 'issues' | 'isDecided'>) {
  const { go } = useNavigation();
  const isFiled = issues.length > 0;
  const current = !isFiled ? 1 : !isDecided ? 2 : 3;
  return (
    <ol className={styles['steps']} aria-label="What to do in the demo">
      <Step number={1} current={current} title="File a ticket" />
      <Step number={2} current={current} title="Approve it" />
      <li aria-current={current === 3 ? 'step' : undefined}>
        <span className={styles['sign']} aria-hidden>
          3
        </span>
        <Button
          {...(current === 3 ? { variant: 'light' } : { variant: 'subtle', color: 'gray' })}
          size="compact-xs"
          rightSection={<IconArrowRight size={14} aria-hidden />}
          onClick={() => go({ page: 'Tickets' })}
        >
          See it in the list
        </Button>
      </li>
    </ol>
  );
}

function Step({ number, current, title }: { number: number; current: number; title: string }) {
  const isDone = number < current;
  return (
    <li aria-current={number === current ? 'step' : undefined}>
      <span className={styles['sign']} data-done={isDone || undefined}>
        {isDone ? <IconCheck size={12} stroke={2.5} role="img" aria-label="Done" /> : <span aria-hidden>{number}</span>}
      </span>
      <span>{title}</span>
    </li>
  );
}
