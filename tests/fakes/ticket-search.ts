import { parseIssueKey } from '../../shared/issue-key.ts';
import type { Ticket } from '../../shared/ticket.ts';

/** Whether every word typed begins a word of the ticket; an issue key must be there as it is. */
export function matchesSearch(ticket: Ticket, search: string): boolean {
  if (!search.trim()) return true;
  const { summary, text, issueKey, user, userName, channelName } = ticket;
  const fields = [summary, text, issueKey, user, userName, channelName].map((field) => wordsOf(field ?? ''));
  const wanted = search.split(/[\s\0]+/).filter((word) => wordsOf(word).length > 0);
  return (
    wanted.length > 0 &&
    wanted.every((word) => {
      const key = parseIssueKey(word, null);
      return fields.some((field) => hasPhrase(field, wordsOf(key ?? word), key === null));
    })
  );
}

function wordsOf(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function hasPhrase(field: string[], phrase: string[], mayBegin: boolean): boolean {
  return field.some((_, start) =>
    phrase.every((word, index) => {
      const there = field[start + index];
      return mayBegin && index === phrase.length - 1 ? there?.startsWith(word) : there === word;
    }),
  );
}
