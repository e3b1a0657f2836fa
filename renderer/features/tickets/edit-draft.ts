import { useState } from 'react';
import type { TicketView } from '../../../shared/ticket-list.ts';
import type { Entries } from './field-entries.ts';

export interface EditDraft {
  summary: string;
  issueType: string;
  project: string;
  entries: Entries;
}

const kept = new Map<string, EditDraft>();

/** What a person changes on a ticket. It outlives the form, as when the window changes its size, until `forget`. */
export function useEditDraft({ requestId, summary, wantedType, wantedProject, wantedFields }: TicketView): {
  draft: EditDraft;
  edit(change: Partial<EditDraft>): void;
  forget(): void;
} {
  const [draft, setDraft] = useState<EditDraft>(
    () =>
      kept.get(requestId) ?? {
        summary,
        issueType: wantedType ?? '',
        project: wantedProject ?? '',
        entries: wantedFields ?? {},
      },
  );
  return {
    draft,
    edit(change) {
      const next = { ...draft, ...change };
      kept.set(requestId, next);
      setDraft(next);
    },
    forget: () => kept.delete(requestId),
  };
}
