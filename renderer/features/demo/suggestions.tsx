import { UnstyledButton } from '@mantine/core';
import { suggestedTickets } from './suggested-tickets.ts';
import styles from './suggestions.module.css';

/** What a person could type, to be clicked. */
export function Suggestions({ onSuggestion }: { onSuggestion(ticket: string): void }) {
  return (
    <div className={styles['suggestions']}>
      <p>Be somebody who needs help. Pick one, then press Enter:</p>
      <ul>
        {suggestedTickets.map((ticket) => (
          <li key={ticket}>
            <UnstyledButton className={styles['ticket']} onClick={() => onSuggestion(ticket)}>
              {ticket}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
