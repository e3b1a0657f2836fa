import { useEffect, useRef } from 'react';
import type { TestTicket } from '../../../shared/settings-view.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { duration } from '../../components/time.tsx';
import { TypeBadge } from '../../components/type-badge.tsx';
import styles from './guide.module.css';

const outcomes: Record<TestTicket['outcome'], string> = {
  deleted: 'Deleted again. Nothing is left of it in Jira.',
  closed: 'Closed again. The account may not delete issues.',
  labelled: 'Still open, with the label “test”: the account may neither delete nor close it. Close it in Jira.',
  left: 'Still open: the account may neither delete, close nor label it. Close it in Jira.',
};

/** What a test ticket became. `ms`: how long that took. */
export function TestResult({ ticket, ms }: { ticket: TestTicket; ms: number }) {
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => result.current?.scrollIntoView({ block: 'nearest' }), []);
  const { key, url, label, issueType, note, outcome } = ticket;
  return (
    <div ref={result} className={styles['result']}>
      <Notice tone="good" title={`It works: ${key} was filed in ${duration(ms)}.`} />
      <Facts
        items={[
          ['Read as', <TypeBadge key="label" label={label} />],
          ['Filed as', issueType],
          ['Key', key],
          note === null ? null : ['Note', note],
          ['Afterwards', outcomes[outcome]],
        ]}
      />
      {outcome !== 'deleted' && (
        <div>
          <CopyButton text={url}>Copy its address</CopyButton>
        </div>
      )}
    </div>
  );
}
