import { useLive } from '../../bridge/bridge.ts';
import { TicketDetail } from './ticket-detail.tsx';
import { useActionKeys } from './use-page-keys.ts';
import { useTicketActions } from './use-ticket-actions.ts';

export interface OpenTicketProps {
  requestId: string;
  hasOwner: boolean | null;
  isNarrow: boolean;
  nameOf(user: string): string;
  onClose(): void;
}

/** The ticket whose details are open, kept up to date. */
export function OpenTicket(props: OpenTicketProps) {
  const { requestId, hasOwner } = props;
  const live = useLive('tickets:read', { requestId }, 'tickets');
  // Until the answer is there, the pane still shows the ticket before, and nothing may be done to that one.
  const current = live.value?.ticket.requestId === requestId ? live.value.ticket : null;
  const actions = useTicketActions(current, hasOwner === true);
  useActionKeys(actions);
  return <TicketDetail {...props} live={live} actions={actions} />;
}
