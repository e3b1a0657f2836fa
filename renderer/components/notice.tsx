import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Trouble } from '../bridge/bridge.ts';
import styles from './notice.module.css';

const icons = { info: IconInfoCircle, good: IconCircleCheck, warning: IconAlertTriangle, problem: IconCircleX };

export interface NoticeProps {
  tone: keyof typeof icons;
  title?: string | undefined;
  /** What a person can do about it. */
  action?: ReactNode;
  children?: ReactNode;
}

/** Something that a person should know; a problem is read out at once by screen readers. */
export function Notice({ tone, title, action, children }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div className={styles['notice']} data-tone={tone} role={tone === 'problem' ? 'alert' : 'status'}>
      <Icon size={16} aria-hidden className={styles['icon']} />
      <div className={styles['words']}>
        {title !== undefined && <strong>{title}</strong>}
        {children !== undefined && <div>{children}</div>}
      </div>
      {action !== undefined && <div className={styles['action']}>{action}</div>}
    </div>
  );
}

/** Why something that main was asked for did not work; nothing while it did not fail. */
export function TroubleNotice({ trouble, title }: { trouble: Trouble | null; title?: string }) {
  if (trouble === null) return null;
  return (
    <Notice tone="problem" title={title}>
      {trouble.message}
    </Notice>
  );
}
