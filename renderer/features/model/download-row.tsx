import { Button, Progress } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Download } from '../../../shared/downloads.ts';
import { fileSize } from '../../components/figures.ts';
import styles from './download-row.module.css';

export interface DownloadRowProps {
  download: Download;
  onPause(): void;
  onResume(): void;
  onDiscard(): void;
}

/** One download: what, how far, how fast, and what can be done. */
export function DownloadRow({ download, onPause, onResume, onDiscard }: DownloadRowProps) {
  const { name, uri, state, doneBytes, totalBytes, message } = download;
  const share = totalBytes ? Math.min(100, (doneBytes / totalBytes) * 100) : 0;
  const title = name ?? uri;
  return (
    <li className={styles['download']}>
      <span className={styles['name']}>{title}</span>
      <span className={styles['buttons']}>
        {state === 'running' && <Button onClick={onPause}>Pause</Button>}
        {state === 'paused' && <Button onClick={onResume}>Resume</Button>}
        {state === 'failed' && <Button onClick={onResume}>Try again</Button>}
        {state !== 'checking' && (
          <Button variant="subtle" onClick={onDiscard}>
            {state === 'done' ? 'Clear' : 'Discard'}
          </Button>
        )}
      </span>
      {state !== 'done' && (
        <Progress
          className={styles['bar'] ?? ''}
          value={share}
          size="sm"
          aria-label={`How much of ${title} has come`}
          color={state === 'failed' ? 'red' : 'blue'}
          transitionDuration={0}
        />
      )}
      <span className={styles['words']}>{progressWords(download)}</span>
      {message !== null && (
        <span
          className={styles['message']}
          data-tone={state === 'failed' ? 'bad' : 'quiet'}
          role={state === 'failed' ? 'alert' : undefined}
        >
          {state === 'failed' && <IconAlertTriangle size={14} stroke={1.75} aria-hidden />}
          {message}
        </span>
      )}
    </li>
  );
}

function progressWords({ state, doneBytes, totalBytes, bytesPerSecond }: Download): string {
  const far = totalBytes === null ? '' : `${fileSize(doneBytes)} of ${fileSize(totalBytes)}`;
  switch (state) {
    case 'running': {
      if (totalBytes === null) return 'Asking the server…';
      if (totalBytes === 0) return `${fileSize(doneBytes)}; the server does not say of how much`;
      if (!bytesPerSecond) return far;
      const left = Math.ceil((totalBytes - doneBytes) / bytesPerSecond);
      return `${far}, ${fileSize(bytesPerSecond)}/s, ${timeLeft(left)} left`;
    }
    case 'checking':
      return 'Complete. Checking it…';
    case 'paused':
      return far === '' ? 'Paused' : `Paused at ${far}`;
    case 'failed':
      return far;
    case 'done':
      return totalBytes === null ? 'Ready' : `Ready, ${fileSize(totalBytes)}`;
  }
}

function timeLeft(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
