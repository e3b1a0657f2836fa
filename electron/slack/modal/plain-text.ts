import type { PlainTextElement } from '@slack/types';
import { withoutBidiControls } from '../../../shared/bidi.ts';
import { escapeSlackText } from '../../rich-text/slack-sequences.ts';

/** Block Kit's limits, in characters. Source: docs.slack.dev/reference/block-kit. */
export const longest = {
  option: 75,
  optionValue: 150,
  label: 2_000,
  hint: 2_000,
  section: 3_000,
  input: 3_000,
} as const;

/** Words cut so that it shows: never inside a character, and with room for what escapes add. */
export function cut(words: string, most: number): string {
  if (escapeSlackText(words).length <= most) return words;
  let [used, end] = [1, 0];
  for (const character of words) {
    used += escapeSlackText(character).length;
    if (used > most) break;
    end += character.length;
  }
  return `${words.slice(0, end)}…`;
}

/** Words without their middle where they are too long, for words that begin alike. */
export function withoutMiddle(words: string, most: number): string {
  if (escapeSlackText(words).length <= most) return words;
  const end = beginning([...words].toReversed(), Math.floor((most - 1) / 2)).toReversed();
  const room = most - 1 - escapeSlackText(end.join('')).length;
  return `${beginning([...words], room).join('')}…${end.join('')}`;
}

/** The first characters that have room, with what escapes add. */
function beginning(characters: readonly string[], most: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += escapeSlackText(character).length;
    return used > most;
  });
  return characters.slice(0, end === -1 ? characters.length : end);
}

/** Text that Slack shows as it is, whoever wrote it: on one line, at most so long, and never empty, which Slack refuses. */
export function plain(words: string, most: number): PlainTextElement {
  const line = withoutBidiControls(words)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return { type: 'plain_text', text: escapeSlackText(cut(line || '–', most)), emoji: false };
}

/** The same in its own lines. */
export function plainLines(words: string, most: number): PlainTextElement {
  return {
    type: 'plain_text',
    text: escapeSlackText(cut(withoutBidiControls(words).trim() || '–', most)),
    emoji: false,
  };
}
