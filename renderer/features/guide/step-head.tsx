import type { ReactNode } from 'react';
import styles from './guide.module.css';
import { GuideHeading } from './guide-heading.tsx';

/** What a step is about, in a sentence or two. */
export function StepHead({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <GuideHeading level={2}>{title}</GuideHeading>
      <p className={styles['lead']}>{children}</p>
    </div>
  );
}
