import { Button, Input } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import type { TicketView } from '../../../shared/ticket-list.ts';
import { useAction } from '../../bridge/bridge.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { standingOf } from '../../components/status-word.tsx';
import { KeyHint } from './action-bar.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import { EditForm } from './edit-form.tsx';
import { StopReason, WaysOn } from './stop-reason.tsx';
import styles from './ticket-detail.module.css';
import { isEditable, isRetryable, isStopped, mayBeInJira } from './ticket-words.ts';
import type { TicketActions } from './use-ticket-actions.ts';

export interface StoppedPanelProps {
  ticket: TicketView;
  actions: TicketActions;
}

/** What stopped a ticket, or what it waits for, and the ways on; nothing for a ticket that is well. */
export function StoppedPanel({ ticket, actions }: StoppedPanelProps) {
  const { requestId, needsAttention, step, sent } = ticket;
  const [dialog, setDialog] = useState<'edit' | 'create' | null>(null);
  const close = () => setDialog(null);
  const openProject = useAction('project:open');
  if (!isStopped(ticket)) return null;
  const isSought = needsAttention && mayBeInJira(step);
  // Other words do not help where the settings are to be mended.
  const isRefused = ['attention', 'asked'].includes(standingOf(ticket));
  return (
    <div className={styles['stopped']}>
      <StopReason ticket={ticket} />
      <WaysOn ticket={ticket} />
      <div className={styles['buttons']}>
        {isSought && sent !== null && (
          <Button
            leftSection={<IconExternalLink size={14} aria-hidden />}
            loading={openProject.isRunning}
            onClick={() => openProject.run({ requestId })}
          >
            Open {sent.project} in Jira
          </Button>
        )}
        {isRefused && isEditable(ticket) && (
          <Button variant="filled" onClick={() => setDialog('edit')}>
            Fix and retry
          </Button>
        )}
        {isRetryable(ticket) && (
          <Button
            variant={isSought ? 'filled' : 'default'}
            loading={actions.retry === null}
            rightSection={<KeyHint letter="T" />}
            aria-keyshortcuts="T"
            onClick={() => actions.retry?.()}
          >
            {isSought ? 'Look again' : isRefused ? 'Retry as it is' : 'Retry now'}
          </Button>
        )}
        {isSought && <Button onClick={() => setDialog('create')}>Create anyway</Button>}
        <Button
          variant="subtle"
          color="red"
          rightSection={<KeyHint letter="D" />}
          aria-keyshortcuts="D"
          onClick={() => actions.discard?.()}
        >
          Discard
        </Button>
      </div>
      {openProject.trouble !== null && <Input.Error role="alert">{openProject.trouble.message}</Input.Error>}
      {dialog === 'edit' && <EditForm ticket={ticket} onClose={close} />}
      {dialog === 'create' && <CreateAnywayDialog ticket={ticket} onClose={close} />}
      {actions.isDiscarding && <DiscardDialog ticket={ticket} onClose={actions.endDiscarding} />}
    </div>
  );
}

/** Asks whether to create an issue of which nobody knows whether it is there already. */
function CreateAnywayDialog({ ticket: { requestId, sent }, onClose }: { ticket: TicketView; onClose(): void }) {
  const create = useAction('tickets:create-anyway');
  async function onYes(): Promise<void> {
    if ((await create.run({ requestId })) !== null) onClose();
  }
  return (
    <ConfirmDialog
      title="Create it anyway?"
      no="Not yet"
      yes="Create anyway"
      action={create}
      onYes={onYes}
      onClose={onClose}
    >
      <p>
        If the issue is in Jira after all, there will be a second one, and somebody has to delete it there. Look into{' '}
        {sent?.project ?? 'the project'} first.
      </p>
    </ConfirmDialog>
  );
}
