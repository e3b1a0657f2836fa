import type { TicketRules } from '../../electron/tickets/step-context.ts';
import { settingsWith } from './settings.ts';

const { jira, people, classification, channels } = settingsWith({ TICKETS_PER_MINUTE: '0', JIRA_PROJECT_KEY: 'KAN' });

/** Settings for tickets: nobody is limited, and a lost create counts as not there at once unless a time is given. */
export function ticketRules(lookForMs = 0): TicketRules {
  return { people, classification, channels, jira: { ...jira, lookForSeconds: lookForMs / 1000 } };
}
