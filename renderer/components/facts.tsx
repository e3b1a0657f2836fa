import type { ReactNode } from 'react';
import styles from './facts.module.css';

export interface FactsProps {
  /** Name and value; null is left out. */
  items: ([name: string, value: ReactNode] | null)[];
}

/** Names and values below each other. */
export function Facts({ items }: FactsProps) {
  return (
    <dl className={styles['facts']}>
      {items
        .filter((item) => item !== null)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
