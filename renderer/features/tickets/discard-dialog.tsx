import type { TicketView } from '../../../shared/ticket-list.ts';
import { useAction } from '../../bridge/bridge.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

export interface DiscardDialogProps {
  ticket: Pick<TicketView, 'requestId' | 'issueKey' | 'step'>;
  onClose(): void;
}

/** Asks whether to give a ticket up, and says what that means for this one. */
export function DiscardDialog({ ticket, onClose }: DiscardDialogProps) {
  const discard = useAction('tickets:discard');
  async function onYes(): Promise<void> {
    if ((await discard.run({ requestId: ticket.requestId })) !== null) onClose();
  }
  return (
    <ConfirmDialog
      title="Discard this ticket?"
      no="Keep it"
      yes="Discard"
      isDestructive
      action={discard}
      onYes={onYes}
      onClose={onClose}
    >
      <p>{consequenceOf(ticket)}</p>
    </ConfirmDialog>
  );
}

function consequenceOf({ issueKey, step }: DiscardDialogProps['ticket']): string {
  if (issueKey !== null) {
    return `${issueKey} stays in Jira as it is. This desktop stops trying to finish what is left, and keeps the ticket under All.`;
  }
  switch (step) {
    case 'creating':
      return 'Jira’s answer was lost, so the issue may be in Jira or appear there yet; discarding does not remove it. It is not looked for any more, and its requester is not told. The ticket stays under All.';
    case 'unconfirmed':
      return 'Nobody can tell whether the issue is in Jira; discarding does not remove it there. It is not looked for any more, nothing is posted in Slack, and its requester is not told. The ticket stays under All.';
    default:
      return 'Nothing is filed in Jira, and its requester is not told. The ticket stays under All.';
  }
}
