import type { TicketDetail } from '../../../shared/ticket-list.ts';
import { duration, longTime } from '../../components/time.tsx';
import styles from './ticket-timeline.module.css';
import { timelineOf } from './timeline.ts';

export interface TicketTimelineProps {
  detail: TicketDetail;
  nameOf(user: string): string;
}

/** Every step with how long it took, oldest first. */
export function TicketTimeline({ detail, nameOf }: TicketTimelineProps) {
  const moments = timelineOf(detail, nameOf);
  const { origin, nextTryAt } = detail.ticket;
  if (moments.length === 0) {
    return (
      <p className={styles['detail']}>
        {origin === 'jira' ? 'It was loaded from Jira; its history is there.' : 'Nothing is noted.'}
      </p>
    );
  }
  return (
    <ol className={styles['timeline']}>
      {moments.map(({ at, tone, title, detail: words, tookMs }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: history only grows at its end.
        <li key={index} data-tone={tone}>
          <span className={styles['title']}>{title}</span>
          <time dateTime={at} title={longTime(at)} className={styles['took']}>
            {tookMs === null ? longTime(at) : `+${duration(tookMs)}`}
          </time>
          {words !== null && <span className={styles['detail']}>{words}</span>}
        </li>
      ))}
      {nextTryAt !== null && (
        <li data-tone="coming">
          <span className={styles['title']}>Next try</span>
          <time dateTime={nextTryAt} className={styles['took']}>
            {longTime(nextTryAt)}
          </time>
        </li>
      )}
    </ol>
  );
}
