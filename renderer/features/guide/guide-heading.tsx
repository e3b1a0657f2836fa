import { type ReactNode, useLayoutEffect, useRef } from 'react';
import styles from './guide.module.css';

export interface GuideHeadingProps {
  level: 1 | 2;
  children: ReactNode;
}

/** The heading of what is shown now. It takes the focus, so that keyboard and screen reader go on from there. */
export function GuideHeading({ level, children }: GuideHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <Heading ref={heading} tabIndex={-1} className={styles['heading']}>
      {children}
    </Heading>
  );
}

/** What a step is about, in a sentence or two. */
export function StepHead({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <GuideHeading level={2}>{title}</GuideHeading>
      <p className={styles['lead']}>{children}</p>
    </div>
  );
}
