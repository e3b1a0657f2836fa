import { Button, Input } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { AppStatus } from '../../../shared/app-status.ts';
import { isolated } from '../../../shared/bidi.ts';
import { useAction } from '../../bridge/bridge.ts';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { Age, longTime } from '../../components/time.tsx';
import { useNavigation } from '../../navigation/navigation.ts';
import { type Remedy, remedyFor } from '../../navigation/remedies.ts';
import type { Trouble } from './troubles.ts';
import styles from './troubles-list.module.css';

/** What is wrong now, each with the way to mend it. */
export function Troubles({ troubles }: { troubles: Trouble[] }) {
  if (troubles.length === 0) return null;
  return (
    <section className={styles['troubles']} aria-label="What is wrong">
      {troubles.map(({ part, tone, title, message, remedy, retries }) => (
        <Notice
          key={part}
          tone={tone}
          title={title}
          action={
            <div className={styles['actions']}>
              {retries !== undefined && <TryNow part={retries} />}
              <RemedyButton to={remedy.to} />
            </div>
          }
        >
          {isolated(message)} {remedy.words}
        </Notice>
      ))}
    </section>
  );
}

/** A failure that has passed, or one whose ticket says more. */
export function LastError({ error }: { error: NonNullable<AppStatus['lastError']> }) {
  const remedy = remedyFor(null, error.code);
  return (
    <Panel
      title="Last error"
      aside={
        <span className={styles['when']}>
          {longTime(error.at)} (<Age at={error.at} />)
        </span>
      }
    >
      <div className={styles['last']}>
        <p>
          {isolated(error.message)} {remedy.words}
        </p>
        <RemedyButton to={remedy.to} />
      </div>
    </Panel>
  );
}

/** Where it has worked, the trouble goes away. */
function TryNow({ part }: { part: 'slack' | 'jira' }) {
  const again = useAction('desk:try-now');
  return (
    <div>
      <Button
        leftSection={<IconRefresh size={14} aria-hidden />}
        loading={again.isRunning}
        onClick={() => again.run({ part })}
      >
        Try now
      </Button>
      {again.trouble !== null && <Input.Error role="alert">{again.trouble.message}</Input.Error>}
    </div>
  );
}

function RemedyButton({ to }: { to: Remedy['to'] }) {
  const { go } = useNavigation();
  const open = useAction('folder:open');
  if (to === null) return null;
  return (
    <div>
      <Button onClick={() => ('place' in to ? go(to.place) : open.run({ what: to.folder }))}>{to.label}</Button>
      {open.trouble !== null && <Input.Error role="alert">{open.trouble.message}</Input.Error>}
    </div>
  );
}
