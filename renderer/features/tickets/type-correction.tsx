import { Button, Select } from '@mantine/core';
import { type Label, labels } from '../../../shared/labels.ts';
import type { TicketView } from '../../../shared/ticket-list.ts';
import { useAction } from '../../bridge/bridge.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import { longTime } from '../../components/time.tsx';
import { TypeBadge } from '../../components/type-badge.tsx';
import styles from './type-correction.module.css';

export interface TypeCorrectionProps {
  ticket: TicketView;
  nameOf(user: string): string;
}

/** "Wrong type?": says so where the classifier was not sure, and who has corrected it; takes a correction. */
export function TypeCorrection({ ticket, nameOf }: TypeCorrectionProps) {
  const relabel = useAction('tickets:relabel');
  const { requestId, classification, correction, isUnsure } = ticket;
  if (classification === null && ticket.origin === 'desk') return null;
  const choose = (label: Label) => relabel.run({ requestId, label });
  const likely = isUnsure && classification !== null ? likeliestOthers(classification) : [];
  return (
    <div className={styles['correction']}>
      {correction !== null && (
        <div>
          <TypeBadge label={classification?.label ?? null} />
        </div>
      )}
      {correction !== null && (
        <p className={styles['hint']}>
          Corrected{correction.from !== null && ` from ${correction.from}`}{' '}
          {correction.by === null ? placeWords[correction.via] : `by ${nameOf(correction.by)}`},{' '}
          {longTime(correction.at)}
          {!correction.isTold && '. Jira and Slack are being told.'}
        </p>
      )}
      {isUnsure && <p className={styles['doubt']}>The classifier was not sure. Which type is it?</p>}
      <div className={styles['choices']}>
        {likely.map((label) => (
          <Button key={label} disabled={relabel.isRunning} onClick={() => choose(label)}>
            {label}
          </Button>
        ))}
        <Select
          className={styles['list']}
          aria-label="Wrong type? Choose another"
          placeholder={isUnsure ? 'Another type' : 'Wrong type?'}
          data={labels.filter((label) => label !== classification?.label || isUnsure)}
          value={null}
          disabled={relabel.isRunning}
          onChange={(value) => {
            const label = labels.find((each) => each === value);
            if (label !== undefined) void choose(label);
          }}
        />
      </div>
      <TroubleNotice trouble={relabel.trouble} />
    </div>
  );
}

const placeWords = { window: 'in the window', slack: 'in Slack', jira: 'in Jira' } as const;

function likeliestOthers({ label: best, probabilities }: NonNullable<TicketView['classification']>): Label[] {
  if (probabilities === null) return [];
  return labels
    .filter((label) => label !== best)
    .sort((one, other) => probabilities[other] - probabilities[one])
    .slice(0, 2);
}
