import type { Classification } from '../../../shared/ticket.ts';
import type { TicketView } from '../../../shared/ticket-list.ts';
import { duration } from '../../components/time.tsx';
import { TypeBadge } from '../../components/type-badge.tsx';
import { classifierWords, topTwo } from './ticket-words.ts';
import styles from './type-reason.module.css';

export interface TypeReasonProps {
  classification: Classification | null;
  origin: TicketView['origin'];
}

/** The label, who gave it, and how near the second one came. */
export function TypeReason({ classification, origin }: TypeReasonProps) {
  if (classification === null) return <p className={styles['who']}>Not classified.</p>;
  const shares = topTwo(classification);
  const took = classification.ms > 0 ? `, in ${duration(classification.ms)}` : '';
  return (
    <div className={styles['reason']}>
      {shares.length === 0 ? (
        <TypeBadge label={classification.label} />
      ) : (
        <ul className={styles['shares']}>
          {shares.map(({ label, share }) => (
            <li key={label}>
              <TypeBadge label={label} />
              <span className={styles['track']} aria-hidden>
                <span className={styles['fill']} style={{ width: `${Math.round(share * 100)}%` }} />
              </span>
              <span className={styles['percent']}>{Math.round(share * 100)} %</span>
            </li>
          ))}
        </ul>
      )}
      <p className={styles['who']}>
        Chosen by {classifierWords(classification, origin)}
        {took}.
      </p>
    </div>
  );
}
