import type { FormTexts } from './form-texts.ts';
import type { TicketReader } from './ticket-reader.ts';
import type { TicketStore } from './ticket-store.ts';
import type { TicketUpkeep } from './ticket-upkeep.ts';

/** Everything that one backend gives; who needs less asks for less. */
export type TicketLog = TicketStore & TicketReader & TicketUpkeep & FormTexts;
