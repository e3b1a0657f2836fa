import { Button, UnstyledButton } from '@mantine/core';
import {
  IconAlertCircle,
  IconCircleCheck,
  IconCircleDot,
  IconCircleX,
  IconClockPause,
  IconInbox,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Activity } from '../../../shared/ticket-list.ts';
import { useLive } from '../../bridge/bridge.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { ReadState } from '../../components/read-state.tsx';
import { Age } from '../../components/time.tsx';
import { useNavigation } from '../../navigation/navigation.ts';
import styles from './activity-panel.module.css';
import { condense, happeningOf } from './activity-words.ts';

/** Lines shown at first: what lies below should stay near. */
const firstLines = 8;

/** What happened lately, live; each line opens its ticket. */
export function ActivityPanel() {
  const [isWhole, setWhole] = useState(false);
  const activity = useLive('activity:read', { limit: 60 }, 'tickets');
  const lines = condense(activity.value ?? []);
  return (
    <Panel title="Recent activity">
      <ReadState live={activity} failure="What happened could not be read" height={88} />
      {activity.value?.length === 0 && (
        <EmptyState icon={IconInbox} title="Nothing has happened yet">
          Type /ticket in Slack, and every step of it appears here.
        </EmptyState>
      )}
      {lines.length > 0 && (
        <ul className={styles['list']}>
          {lines.slice(0, isWhole ? undefined : firstLines).map((activity) => (
            <li key={`${activity.requestId} ${activity.at} ${activity.step} ${activity.status}`}>
              <Line activity={activity} />
            </li>
          ))}
        </ul>
      )}
      {lines.length > firstLines && !isWhole && (
        <Button variant="subtle" onClick={() => setWhole(true)}>
          Show {lines.length - firstLines} more
        </Button>
      )}
    </Panel>
  );
}

const signs = {
  approved: IconCircleCheck,
  rejected: IconCircleX,
  waiting: IconClockPause,
  bad: IconAlertCircle,
  quiet: IconCircleDot,
};

function Line({ activity }: { activity: Activity }) {
  const { go } = useNavigation();
  const { words, tone } = happeningOf(activity);
  const Sign = signs[tone];
  return (
    <UnstyledButton
      className={styles['line']}
      data-tone={tone}
      onClick={() => go({ page: 'Tickets', requestId: activity.requestId })}
    >
      <Sign size={15} stroke={1.75} aria-hidden className={styles['sign']} />
      <span className={styles['words']}>{words}</span>
      <span className={styles['ticket']} dir="auto">
        {activity.issueKey !== null && <span className={styles['key']}>{activity.issueKey}</span>}
        <bdi>{activity.summary}</bdi>
      </span>
      <span className={styles['age']}>
        <Age at={activity.at} />
      </span>
    </UnstyledButton>
  );
}
