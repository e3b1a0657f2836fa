import { AppError } from '../../../shared/errors.ts';
import { type PersonAnswer, peopleSchema, read } from './cloud-answers.ts';
import { refusalOf } from './refusal.ts';

/**
 * The one person whom Jira found for an address, or for a whole name; null where nobody, or nobody alone, can be meant.
 * Many sites hide addresses, so a single person without one counts for an address.
 */
export function personWith(words: string, found: readonly PersonAnswer[]): PersonAnswer | null {
  const people = found.filter(({ active, accountType }) => active && accountType !== 'app');
  const isCalled = (name: string | null | undefined) => name?.toLowerCase() === words.toLowerCase();
  const named = people.filter(({ emailAddress, name, displayName }) =>
    [emailAddress, name, displayName].some(isCalled),
  );
  const hidden = people.filter(({ emailAddress }) => words.includes('@') && (emailAddress ?? '') === '');
  const meant = named.length > 0 ? named : hidden;
  return (meant.length === 1 && meant[0]) || null;
}

/** The person in the answer to a search; null also where this account or its token may not ask for people. */
export async function findPerson(email: string, search: Promise<unknown>): Promise<PersonAnswer | null> {
  try {
    return personWith(email, read(peopleSchema, await search, 'people'));
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal === null || !(thrown instanceof AppError)) throw thrown;
    // The gateway says 401 where only a scope is missing, which the login survives.
    const isScope = refusal.messages.some((words) => /scope does not match/i.test(words));
    if (thrown.code === 'unauthorized' && !isScope) throw thrown;
    if (![400, 401, 403, 404].includes(refusal.status)) throw thrown;
    return null;
  }
}
