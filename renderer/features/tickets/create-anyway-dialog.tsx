import { Button, Modal } from '@mantine/core';
import type { TicketView } from '../../../shared/ticket-list.ts';
import { useAction } from '../../bridge/desk.ts';
import { Notice } from '../../components/notice.tsx';
import styles from './edit-form.module.css';

/** Asks whether to create an issue of which nobody knows whether it is there already. */
export function CreateAnywayDialog({ ticket, onClose }: { ticket: TicketView; onClose(): void }) {
  const { requestId, sent } = ticket;
  const create = useAction('tickets:create-anyway');
  async function onConfirm(): Promise<void> {
    if ((await create.run({ requestId })) !== null) onClose();
  }
  return (
    <Modal opened onClose={onClose} title="Create it anyway?">
      <div className={styles['form']}>
        <div>
          If the issue is in Jira after all, there will be a second one, and somebody has to delete it there. Look into{' '}
          {sent?.project ?? 'the project'} first.
        </div>
        {create.trouble !== null && <Notice tone="problem">{create.trouble.message}</Notice>}
        <div className={styles['buttons']}>
          <Button data-autofocus onClick={onClose}>
            Not yet
          </Button>
          <Button variant="filled" loading={create.isRunning} onClick={onConfirm}>
            Create anyway
          </Button>
        </div>
      </div>
    </Modal>
  );
}
