import type { TicketListRow } from '../../../shared/ticket-list.ts';
import { ActionResult } from './action-result.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import { useActionKeys } from './use-page-keys.ts';
import { useTicketActions } from './use-ticket-actions.ts';

/** Lets the keys act on the selected row while its details are closed, and says how it went. */
export function SelectedRow({ row, hasOwner }: { row: TicketListRow; hasOwner: boolean }) {
  const actions = useTicketActions(row, hasOwner);
  useActionKeys(actions);
  return (
    <>
      <ActionResult actions={actions} />
      {actions.isDiscarding && <DiscardDialog ticket={row} onClose={actions.endDiscarding} />}
    </>
  );
}
