import type { Json } from '../record.ts';
import type { JiraPerson } from './people.ts';

/** What Cloud's REST API and Data Center's write differently, though they mean the same. */
export interface JiraDialect {
  /** What is wrong with a rich text; null where nothing is. */
  faultOfText(value: unknown): string | null;
  /** Characters of a rich text. */
  textLength(value: unknown): number;
  /** A rich text's text: one entry a paragraph. */
  paragraphs(value: unknown): string[];
  /** Plain text as a rich text; an empty line begins a paragraph. */
  toText(plain: string): unknown;
  /** The field by which people are named, and its value. */
  personKey: 'accountId' | 'name';
  person(person: JiraPerson): Json;
}
