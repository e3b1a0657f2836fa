import { UnstyledButton } from '@mantine/core';
import styles from './suggestions.module.css';

/** One of each kind, as teammates write them; the built-in model is sure of each. */
const suggestedTickets = [
  'The VPN is down for the whole office, nobody can work',
  'The export button in the report does nothing when I click it',
  'Set up a laptop and accounts for Mia, who starts on Monday',
  'Add a dark mode to the customer portal',
  'How do I reset my password?',
];

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
