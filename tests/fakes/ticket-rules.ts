import type { TicketRules } from '../../electron/tickets/step-context.ts';
import { defaultLabelToIssueType } from '../../shared/settings-table.ts';

/** Rules as the settings give them: nobody is limited, and a lost create counts as not there at once. */
export const someRules: TicketRules = {
  lookForMs: 0,
  unsureBelow: 0.4,
  labelToIssueType: defaultLabelToIssueType,
  ticketsPerMinute: 0,
  statusProjects: [],
};
