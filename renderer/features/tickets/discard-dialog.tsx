import { Button, Modal } from '@mantine/core';
import type { TicketView } from '../../../shared/ticket-list.ts';
import { Notice } from '../../components/notice.tsx';
import { useAction } from '../../desk.ts';
import styles from './correction-form.module.css';

/** Asks whether to give a ticket up, and says what that means for this one. */
export function DiscardDialog({ ticket, onClose }: { ticket: TicketView; onClose(): void }) {
  const discard = useAction('tickets:discard');
  async function onConfirm(): Promise<void> {
    if ((await discard.run({ requestId: ticket.requestId })) !== null) onClose();
  }
  return (
    <Modal opened onClose={onClose} title="Discard this ticket?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={styles['form']}>
        <div>{consequenceOf(ticket)}</div>
        {discard.trouble !== null && <Notice tone="problem">{discard.trouble.message}</Notice>}
        <div className={styles['buttons']}>
          <Button data-autofocus onClick={onClose}>
            Keep it
          </Button>
          <Button variant="filled" color="red" loading={discard.isRunning} onClick={onConfirm}>
            Discard
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function consequenceOf({ issueKey, step }: TicketView): string {
  if (issueKey !== null) {
    return `${issueKey} stays in Jira as it is. This desktop stops trying to finish what is left, and keeps the ticket under All.`;
  }
  if (step === 'creating') {
    return 'Jira’s answer was lost, so the issue may be in Jira; discarding does not remove it there. The ticket stays under All.';
  }
  return 'Nothing is filed in Jira, and its requester is not told. The ticket stays under All.';
}
