import type { ReactNode } from 'react';
import styles from './page.module.css';

export interface PageProps {
  title: string;
  /** One sentence below the title. */
  intro?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** Controls below the title, above what scrolls. */
  toolbar?: ReactNode;
  /** Whether a narrow window leaves the title to screen readers: the actions need its line, the navigation has it. */
  isTitleSpare?: boolean;
  /** Whether the content brings its own edges and scrolling, as a list does. */
  isFlush?: boolean;
  children: ReactNode;
}

/** One page of the window: a head that stays, and a body that scrolls. */
export function Page({ title, intro, actions, toolbar, isFlush = false, isTitleSpare = false, children }: PageProps) {
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <div className={styles['title']} data-spare={isTitleSpare || undefined}>
          <h1>{title}</h1>
          {intro !== undefined && <p>{intro}</p>}
        </div>
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </header>
      {toolbar !== undefined && <div className={styles['toolbar']}>{toolbar}</div>}
      <div className={isFlush ? styles['flush'] : styles['body']}>{children}</div>
    </div>
  );
}
