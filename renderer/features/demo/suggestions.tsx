import { UnstyledButton } from '@mantine/core';
import styles from './suggestions.module.css';

/** One of each kind, as teammates write them; the built-in model is sure of each. */
const suggestedTickets = [
  'The export button does nothing',
  'Set up a laptop for Mia by Monday',
  'Add a dark mode to the portal',
  'How do I reset my password?',
  'The VPN is down, nobody can work',
];

/** Another way into the program, and what takes one there. */
export interface Door {
  name: string;
  open(): void;
}

export interface SuggestionsProps {
  onSuggestion(ticket: string): void;
  doors: readonly Door[];
}

/** What a person could type or do, to be clicked. */
export function Suggestions({ onSuggestion, doors }: SuggestionsProps) {
  return (
    <div className={styles['suggestions']}>
      <p>Be somebody who needs help. Pick one, then press Enter:</p>
      <ul aria-label="Ideas for tickets">
        {suggestedTickets.map((ticket) => (
          <li key={ticket}>
            <UnstyledButton className={styles['ticket']} onClick={() => onSuggestion(ticket)}>
              {ticket}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {doors.length > 0 && (
        <div className={styles['doors']}>
          <p>Or come by another door:</p>
          <ul aria-label="Other doors">
            {doors.map(({ name, open }) => (
              <li key={name}>
                <UnstyledButton className={styles['ticket']} onClick={open}>
                  {name}
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
