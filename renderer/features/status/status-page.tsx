import { Button, Input } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { AppStatus } from '../../../shared/app-status.ts';
import { useAction, useLive } from '../../bridge/bridge.ts';
import { Page } from '../../components/page.tsx';
import { ReadState, ReadTrouble } from '../../components/read-state.tsx';
import { ActivityPanel } from './activity-panel.tsx';
import { Connections } from './connections.tsx';
import { DesktopPanel } from './desktop-panel.tsx';
import styles from './status-page.module.css';
import { lastErrorApart, troublesOf } from './troubles.ts';
import { LastError, Troubles } from './troubles-list.tsx';

/** How everything is: what is wrong first, then the connections, what happened, and where things lie. */
export function StatusPage() {
  const live = useLive('status:read', undefined, 'status');
  const { value: status, trouble, reload } = live;
  const pause = useAction('desk:pause');
  if (status === null) {
    return (
      <Page title="Status">
        <ReadState live={live} failure="The status could not be read" height={120} />
      </Page>
    );
  }
  const { paused } = status.slack;
  // Without tokens that work there is no line to close.
  const canPause = paused || (status.slack.code !== 'unauthorized' && status.slack.code !== 'not_configured');
  const lastError = lastErrorApart(status);
  return (
    <Page
      title="Status"
      intro={<span role="status">{summaryOf(status)}</span>}
      actions={
        canPause && (
          <Button
            variant={paused ? 'filled' : 'default'}
            leftSection={paused ? <IconPlayerPlay size={14} aria-hidden /> : <IconPlayerPause size={14} aria-hidden />}
            loading={pause.isRunning}
            aria-describedby="what-pausing-means"
            onClick={() => pause.run({ paused: !paused })}
          >
            {paused ? 'Resume' : 'Pause'}
          </Button>
        )
      }
    >
      {pause.trouble !== null && <Input.Error role="alert">{pause.trouble.message}</Input.Error>}
      {trouble !== null && (
        <ReadTrouble trouble={trouble} tone="warning" title="This may be out of date" onRetry={reload} />
      )}
      <Troubles troubles={troublesOf(status)} />
      <Connections status={status} />
      {canPause && (
        <p id="what-pausing-means" className={styles['pausing']}>
          {paused
            ? 'The line to Slack is closed: commands and clicks go to another desktop with the same tokens, or nobody answers them. Tickets that came in before are still finished.'
            : 'Pausing closes the line to Slack: commands and clicks go to another desktop with the same tokens, or nobody answers them. Tickets that came in before are still finished.'}
        </p>
      )}
      {lastError !== null && <LastError error={lastError} />}
      <ActivityPanel />
      <DesktopPanel status={status} />
    </Page>
  );
}

function summaryOf(status: AppStatus): string {
  const { slack, jira, attention } = status;
  const problems = troublesOf(status).filter(({ tone }) => tone === 'problem').length;
  const waiting =
    attention === 0 ? '' : attention === 1 ? ' One ticket needs attention.' : ` ${attention} tickets need attention.`;
  if (problems > 0) return `${problems === 1 ? 'Something is' : `${problems} things are`} in the way.${waiting}`;
  if (slack.paused) return `Paused.${waiting}`;
  if (slack.state === 'ok' && jira.state === 'ok') return `Tickets are taken and filed.${waiting}`;
  return slack.state === 'busy' ? `Connecting…${waiting}` : `No tickets are taken yet.${waiting}`;
}
