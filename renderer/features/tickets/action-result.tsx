import { CloseButton } from '@mantine/core';
import { Notice } from '../../components/notice.tsx';
import type { TicketActions } from './use-ticket-actions.ts';

/** How the last action ended. */
export function ActionResult({ actions: { said, dismiss } }: { actions: TicketActions }) {
  if (said === null) return null;
  return (
    <Notice tone={said.tone} action={<CloseButton size="sm" aria-label="Dismiss" onClick={dismiss} />}>
      {said.message}
    </Notice>
  );
}
