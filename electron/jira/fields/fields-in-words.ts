import { folded } from '../../../shared/issue-type-names.ts';
import type { Screen } from './create-meta.ts';

/** Scripts that leave no blank between a name and what follows it. */
const withoutBlanks = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/**
 * Ids of the fields that Jira's words name, by name or id; the longer name where one is in another. An app's validator of
 * a workflow may say nothing else: `{ errorMessages: ['Office is required.'], errors: {} }`.
 */
export function fieldsInWords(messages: readonly string[], screen: Screen | null): string[] {
  if (screen === null) return [...new Set(messages.flatMap((words) => words.match(/\bcustomfield_\d{1,15}\b/g) ?? []))];
  const idsByName = new Map<string, string[]>();
  for (const { id, name } of screen.values()) {
    for (const called of new Set([folded(id), folded(name)])) {
      if (called !== '') idsByName.set(called, [...(idsByName.get(called) ?? []), id]);
    }
  }
  let said = ` ${messages.map(folded).join('  ')} `;
  const found = new Set<string>();
  for (const name of [...idsByName.keys()].toSorted((one, other) => other.length - one.length)) {
    const sought = withoutBlanks.test(name) ? name : ` ${name} `;
    if (!said.includes(sought)) continue;
    said = said.replaceAll(sought, '  ');
    for (const id of idsByName.get(name) ?? []) found.add(id);
  }
  return [...screen.keys()].filter((id) => found.has(id));
}
