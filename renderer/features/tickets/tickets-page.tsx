import { useState } from 'react';
import type { TicketView } from '../../../shared/ipc.ts';
import { Notice } from '../../components/notice.tsx';
import { ask, useLive } from '../../desk.ts';

const statusWords: Record<TicketView['status'], string> = {
  received: 'Being filed',
  created: 'Waiting for approval',
  approved: 'Approved',
  rejected: 'Rejected',
  failed: 'Needs attention',
};

export function TicketsPage() {
  const [search, setSearch] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const { value: tickets, error } = useLive('tickets:list', { search, limit: 200 }, 'tickets');

  function open(requestId: string) {
    setTrouble(null);
    ask('issue:open', { requestId }).catch((thrown: Error) => setTrouble(thrown.message));
  }

  return (
    <>
      <label className="search">
        Search
        <input type="search" value={search} onChange={(event) => setSearch(event.target.value)} maxLength={500} />
      </label>
      {(trouble ?? error) !== null && <Notice tone="trouble">{trouble ?? error}</Notice>}
      {tickets === null && error === null && <Notice tone="quiet">Reading the log…</Notice>}
      {tickets?.length === 0 && (
        <Notice tone="quiet">
          {search === ''
            ? 'No tickets yet. They appear here as soon as somebody types /ticket in Slack and this desktop answers.'
            : 'No ticket has these words.'}
        </Notice>
      )}
      {tickets !== null && tickets.length > 0 && <TicketTable tickets={tickets} onOpen={open} />}
    </>
  );
}

function TicketTable({ tickets, onOpen }: { tickets: TicketView[]; onOpen(requestId: string): void }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Issue</th>
          <th scope="col">Summary</th>
          <th scope="col">Type</th>
          <th scope="col">Status</th>
          <th scope="col">Asked by</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {tickets.map((ticket) => (
          <tr key={ticket.requestId} data-status={ticket.status}>
            <td>
              <IssueLink ticket={ticket} onOpen={onOpen} />
            </td>
            <td>
              {ticket.summary}
              {ticket.error !== null && <small className="trouble">{ticket.error.message}</small>}
            </td>
            <td>{ticket.classification?.label ?? ticket.issueType ?? '–'}</td>
            <td>{statusWords[ticket.status]}</td>
            <td>{ticket.userName ?? ticket.user}</td>
            <td>
              <time dateTime={ticket.createdAt}>{new Date(ticket.createdAt).toLocaleString()}</time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function IssueLink({ ticket, onOpen }: { ticket: TicketView; onOpen(requestId: string): void }) {
  const { issueKey, issueUrl, requestId } = ticket;
  if (issueKey === null) return <>–</>;
  if (issueUrl === null) return <>{issueKey}</>;
  return (
    <button type="button" className="link" onClick={() => onOpen(requestId)}>
      {issueKey}
    </button>
  );
}
