import { Button, CloseButton } from '@mantine/core';
import type { TicketListRow } from '../../../shared/ticket-list.ts';
import { useLive } from '../../bridge/bridge.ts';
import { Notice, TroubleNotice } from '../../components/notice.tsx';
import { ReadTrouble } from '../../components/read-state.tsx';
import { useNavigation } from '../../navigation/navigation.ts';
import { ActionResult } from './action-bar.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import type { TicketExport } from './export-menu.tsx';
import type { TicketPages } from './ticket-pages.ts';
import styles from './tickets-page.module.css';
import { useActionKeys } from './use-page-keys.ts';
import { useTicketActions } from './use-ticket-actions.ts';

export interface ListNoticesProps {
  pages: TicketPages | null;
  exporting: TicketExport;
  /** The selected row, while its details are closed. */
  row: TicketListRow | null;
  hasOwner: boolean;
}

/** What a person should know above the list, and how what they did with it ended. */
export function ListNotices({ pages, exporting, row, hasOwner }: ListNoticesProps) {
  const { saved, trouble, dismiss } = exporting;
  return (
    <div className={styles['notices']}>
      <SlackTrouble />
      {saved !== null && (
        <Notice tone="good" action={<CloseButton size="sm" aria-label="Dismiss" onClick={dismiss} />}>
          Saved {saved.rows.toLocaleString()} {saved.rows === 1 ? 'ticket' : 'tickets'} to {saved.file}
        </Notice>
      )}
      <TroubleNotice trouble={trouble} />
      {row !== null && <SelectedRow key={row.requestId} row={row} hasOwner={hasOwner} />}
      {pages !== null && pages.trouble !== null && <ReadTrouble trouble={pages.trouble} onRetry={pages.refresh} />}
    </div>
  );
}

/** Says that the list may lack what happens just now. */
function SlackTrouble() {
  const { go } = useNavigation();
  const { value: status } = useLive('status:read', undefined, 'status');
  if (status?.slack.state !== 'trouble') return null;
  return (
    <Notice tone="warning" action={<Button onClick={() => go({ page: 'Status' })}>Look into it</Button>}>
      No new tickets arrive at the moment. {status.slack.detail ?? 'Slack is not connected.'}
    </Notice>
  );
}

/** Lets the keys act on the selected row, and says how it went. */
function SelectedRow({ row, hasOwner }: { row: TicketListRow; hasOwner: boolean }) {
  const actions = useTicketActions(row, hasOwner);
  useActionKeys(actions);
  return (
    <>
      <ActionResult actions={actions} />
      {actions.isDiscarding && <DiscardDialog ticket={row} onClose={actions.endDiscarding} />}
    </>
  );
}
