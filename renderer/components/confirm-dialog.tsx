import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Trouble } from '../bridge/bridge.ts';
import styles from './confirm-dialog.module.css';
import { TroubleNotice } from './notice.tsx';

export interface ConfirmDialogProps {
  /** The question. */
  title: string;
  /** What a yes means. */
  children: ReactNode;
  /** The button that changes nothing, which has the focus first. */
  no: string;
  yes: string;
  /** Whether a yes takes something away for good. */
  isDestructive?: boolean;
  /** What a yes does, as it goes. */
  action: { isRunning: boolean; trouble: Trouble | null };
  onYes(): void;
  onClose(): void;
}

/** Asks before something that cannot be taken back. It stays open with the reason where main refused. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, no, yes, isDestructive = false, action, onYes, onClose } = props;
  return (
    <Modal opened onClose={onClose} title={title}>
      <div className={styles['words']}>
        {children}
        <TroubleNotice trouble={action.trouble} />
        <div className={styles['buttons']}>
          <Button data-autofocus onClick={onClose}>
            {no}
          </Button>
          <Button
            variant="filled"
            {...(isDestructive ? { color: 'red' } : {})}
            loading={action.isRunning}
            onClick={onYes}
          >
            {yes}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
