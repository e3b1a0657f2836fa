import { AppError, toAppError } from '../../shared/errors.ts';
import { inFieldWords } from '../../shared/setting-labels.ts';
import { allRows } from '../../shared/settings.ts';
import type { ResolvedSettings } from './resolve-settings.ts';
import { isFixedBy } from './settings-view.ts';

/** Calls settings in a sentence as the window's fields are called, but those that a file or the environment fixes. */
export type FieldWords = (words: string, form?: 'label' | 'label and name') => string;

export function fieldWordsFor({ origins }: Pick<ResolvedSettings, 'origins'>): FieldWords {
  const fixed = new Set<string>(allRows.map(({ name }) => name).filter((name) => isFixedBy(origins[name])));
  return (words, form) => inFieldWords(words, (name) => fixed.has(name), form);
}

/** Gives the work's result; its error in such words. */
export async function inFields<T>(work: Promise<T>, say: FieldWords): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    const { code, message } = toAppError(thrown);
    throw new AppError(code, say(message), { cause: thrown });
  }
}
