import { type ReactNode, useId } from 'react';
import styles from './panel.module.css';

export interface PanelProps {
  title: string;
  /** One or two sentences below the title. */
  description?: ReactNode;
  /** What stands at the right of the title: a state, a button. */
  aside?: ReactNode;
  children?: ReactNode;
}

/** A titled part of a page. */
export function Panel({ title, description, aside, children }: PanelProps) {
  const id = useId();
  return (
    <section className={styles['panel']} aria-labelledby={id}>
      <div className={styles['head']}>
        <div>
          <h2 id={id}>{title}</h2>
          {description !== undefined && <p>{description}</p>}
        </div>
        {aside}
      </div>
      {children !== undefined && <div className={styles['body']}>{children}</div>}
    </section>
  );
}
