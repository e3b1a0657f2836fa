import { VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import { placeWords } from '../../../shared/places.ts';
import type { TicketListRow } from '../../../shared/ticket-list.ts';
import { Person } from '../../components/person.tsx';
import { StatusWord, stageOf } from '../../components/status-word.tsx';
import { Age } from '../../components/time.tsx';
import { ConfidenceBar, TypeBadge } from '../../components/type-badge.tsx';
import styles from './ticket-row.module.css';

export interface TicketRowProps {
  id: string;
  /** The ticket; null while it is not loaded. */
  row: TicketListRow | null;
  index: number;
  total: number;
  /** Pixels from the list's top. */
  top: number;
  isSelected: boolean;
}

/** One line of the list. Clicks are taken by the list, so that a row that only moves is not drawn again. */
export const TicketRow = memo(function TicketRow({ id, row, index, total, top, isSelected }: TicketRowProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option.
    <div
      id={id}
      role="option"
      className={styles['row']}
      style={{ transform: `translateY(${top}px)` }}
      aria-selected={isSelected}
      aria-setsize={total}
      aria-posinset={index + 1}
      aria-label={row === null ? 'Loading' : undefined}
      data-index={index}
    >
      {row === null ? <span className={styles['placeholder']} /> : <Cells row={row} />}
    </div>
  );
});

function Cells({ row }: { row: TicketListRow }) {
  const { summary, issueKey, issueType, label, confidence, user, userName, createdAt } = row;
  const channel = placeWords(row);
  const stage = stageOf(row);
  // What went wrong takes the place of the type: it is what a person looks for first.
  const trouble = stage === null ? null : row.error;
  return (
    <>
      <span
        className={styles['main']}
        data-stopped={trouble !== null || undefined}
        data-unfiled={issueKey === null || undefined}
      >
        <span className={styles['summary']} dir="auto">
          {summary === '' ? 'No summary' : summary}
        </span>
        <span className={styles['meta']}>
          <span className={styles['key']}>{issueKey ?? 'Not filed'}</span>
          {trouble === null && channel !== null && <span className={styles['channel']}>{channel}</span>}
          {trouble !== null && (
            <span className={styles['trouble']} title={trouble.message}>
              {trouble.message}
            </span>
          )}
        </span>
      </span>
      {trouble === null && (
        <span className={styles['type']}>
          {label === null && issueType !== null ? issueType : <TypeBadge label={label} />}
          {row.isUnsure && (
            <span className={styles['unsure']} title="The classifier was not sure">
              ?<VisuallyHidden> not sure</VisuallyHidden>
            </span>
          )}
          {confidence !== null && (
            <span className={styles['bar']}>
              <ConfidenceBar share={confidence} />
            </span>
          )}
        </span>
      )}
      <span className={styles['status']}>
        <StatusWord ticket={row} />
        {stage !== null && <span className={styles['stage']}>{stage}</span>}
      </span>
      <span className={styles['person']}>
        <Person id={user} name={userName} isShort />
      </span>
      <span className={styles['age']}>
        <Age at={createdAt} />
      </span>
    </>
  );
}
