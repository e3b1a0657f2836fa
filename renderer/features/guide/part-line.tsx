import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconLoader, IconPlayerPause } from '@tabler/icons-react';
import type { AppStatus, PartHealth } from '../../../shared/app-status.ts';
import { Notice } from '../../components/notice.tsx';
import { useNavigation } from '../../navigation/navigation.ts';
import styles from './guide.module.css';

const looks = {
  ok: { icon: IconCircleCheck, words: 'connected' },
  busy: { icon: IconLoader, words: 'connecting…' },
  off: { icon: IconCircleDashed, words: 'not connected' },
} as const satisfies Record<Exclude<PartHealth['state'], 'trouble'>, unknown>;

/** How the line to Slack or Jira is at this moment. */
export function PartLine({ part, status }: { part: 'slack' | 'jira'; status: AppStatus }) {
  const { go } = useNavigation();
  const { state, detail } = status[part];
  const name = part === 'slack' ? 'Slack' : 'Jira';
  const toStatus = <Button onClick={() => go({ page: 'Status' })}>Look at Status</Button>;
  if (state === 'trouble') {
    return (
      <Notice tone="problem" title={`${name}: not connected`} action={toStatus}>
        {detail}
      </Notice>
    );
  }
  const isPaused = part === 'slack' && status.slack.paused;
  const { icon: Sign, words } = isPaused ? { icon: IconPlayerPause, words: 'paused' } : looks[state];
  return (
    <div className={styles['row']} role="status">
      <span className={styles['part']} data-state={isPaused ? 'off' : state}>
        <Sign size={16} stroke={1.75} aria-hidden />
        <span>
          {name}: {words}
        </span>
      </span>
      {isPaused && toStatus}
    </div>
  );
}
