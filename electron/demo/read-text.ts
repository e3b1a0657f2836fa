import type { RichText } from '../../shared/demo-view.ts';
import { isRecord } from '../../stand-ins/record.ts';
import { readMrkdwn, readPlainText, type SlackNames } from './read-mrkdwn.ts';

/** A text object of Block Kit; nothing where there is none. */
export function readText(value: unknown, names: SlackNames): RichText[] {
  if (!isRecord(value) || typeof value['text'] !== 'string') return [];
  if (value['type'] === 'mrkdwn') return readMrkdwn(value['text'], names);
  return [{ kind: 'text', text: readPlainText(value['text'], value['emoji'] !== false) }];
}

/** A text object's words alone, as labels and options show them. */
export function wordsOf(value: unknown): string {
  if (!isRecord(value) || typeof value['text'] !== 'string') return '';
  return readPlainText(value['text'], value['emoji'] !== false);
}

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
