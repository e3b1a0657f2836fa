import { VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconBug, IconChecklist, IconHelpCircle, IconSparkles } from '@tabler/icons-react';
import type { Label } from '../../shared/labels.ts';
import styles from './type-badge.module.css';

const looks = {
  Task: { icon: IconChecklist, colour: 'task' },
  Bug: { icon: IconBug, colour: 'bug' },
  Incident: { icon: IconAlertTriangle, colour: 'incident' },
  'Feature Request': { icon: IconSparkles, colour: 'feature' },
  Question: { icon: IconHelpCircle, colour: 'question' },
} as const satisfies Record<Label, unknown>;

/** A label with its own sign, so that colour is never the only one; null where nothing classified the ticket. */
export function TypeBadge({ label, confidence = null }: { label: Label | null; confidence?: number | null }) {
  if (label === null) return <span className={styles['none']}>–</span>;
  const { icon: Sign, colour } = looks[label];
  return (
    <span className={styles['type']} data-colour={colour}>
      <Sign size={14} stroke={1.75} aria-hidden />
      <span>{label}</span>
      {confidence !== null && <ConfidenceBar share={confidence} />}
    </span>
  );
}

/** How sure the classifier was, from 0 to 1, as a quiet bar. */
export function ConfidenceBar({ share }: { share: number }) {
  const percent = Math.round(share * 100);
  return (
    <span className={styles['bar']} title={`${percent} % sure`}>
      <span className={styles['fill']} style={{ width: `${percent}%` }} />
      <VisuallyHidden>{percent} % sure</VisuallyHidden>
    </span>
  );
}
