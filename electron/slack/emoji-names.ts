import { emojiCharacter } from '../rich-text/emoji.ts';

/** Whether two emoji are one, whatever name, skin tone or character they come with. */
export function isSameEmoji(one: string, other: string): boolean {
  const [first, second] = [bareName(one), bareName(other)];
  if (first === '' || second === '') return false;
  return first === second || characterOf(first) === characterOf(second);
}

/** The name alone, of `:wave::skin-tone-3:` for instance. */
function bareName(emoji: string): string {
  return emoji
    .trim()
    .toLowerCase()
    .replace(/^:|:$/g, '')
    .replace(/::skin-tone-\d$/, '')
    .replace(/[\u{1F3FB}-\u{1F3FF}]/u, '');
}

/** The character without the selector of its form, which it comes with or without. */
function characterOf(name: string): string {
  return (emojiCharacter(name) ?? name).replaceAll('\uFE0F', '');
}
