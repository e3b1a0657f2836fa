import type { RichText } from '../../shared/demo-view.ts';
import type { SlackChannel, SlackUser } from '../../stand-ins/slack/state.ts';
import { emojiCharacter } from '../rich-text/emoji.ts';

type Emphasis = 'text' | 'bold' | 'italic' | 'strike';

/** Whom and what mentions can name. */
export interface SlackNames {
  users: readonly SlackUser[];
  channels: readonly SlackChannel[];
}

/** What words are written with; beside anything else a mark counts. */
const letter = String.raw`(?:[\p{Lu}\p{Ll}\p{Nd}]|(?![ªº])\p{Lo})`;
/** Marks of emphasis count at the edges of words only. */
const token = new RegExp(
  [
    '`(?<code>[^`]+)`',
    '<(?<sequence>[^<>]+)>',
    ":(?<shortcode>[a-z0-9_+'-]+):",
    String.raw`(?<!${letter})\*(?!\s)(?<bold>[^*]+)(?<!\s)\*(?!${letter})`,
    String.raw`(?<!${letter})_(?!\s)(?<italic>[^_]+)(?<!\s)_(?!${letter})`,
    String.raw`(?<!${letter})~(?!\s)(?<strike>[^~]+)(?<!\s)~(?!${letter})`,
  ].join('|'),
  'gu',
);

/**
 * Slack's mrkdwn as pieces of text, with entities decoded. A line end is a piece of its own, and so is a quoted line.
 * Source: docs.slack.dev/messaging/formatting-message-text.
 */
export function readMrkdwn(text: string, names: SlackNames, now = Date.now()): RichText[] {
  return text.split('\n').flatMap((line, index): RichText[] => {
    const lineEnd: RichText[] = index === 0 ? [] : [{ kind: 'text', text: '\n' }];
    const quoted = /^(?:>|&gt;) ?(.+)$/.exec(line)?.[1];
    if (quoted === undefined) return [...lineEnd, ...readLine(line, 'text', names, now)];
    const words = readLine(quoted, 'text', names, now).map((piece) => piece.text);
    return [...lineEnd, { kind: 'quote', text: words.join('') }];
  });
}

/** Text without marks, as on buttons: shortcodes become characters, unless the text says `emoji: false`. */
export function readPlainText(text: string, hasEmoji = true): string {
  if (!hasEmoji) return decode(text);
  return decode(text.replaceAll(/:([a-z0-9_+'-]+):/g, (_written, name: string) => drawnEmoji(name)));
}

/** The character of an emoji by its name; of a workspace's own one, whose picture is not here, its name between colons. */
export function drawnEmoji(name: string): string {
  const tone = /^skin-tone-([2-6])$/.exec(name)?.[1];
  // Slack numbers Unicode's five modifiers from 2.
  if (tone !== undefined) return String.fromCodePoint(0x1f3f9 + Number(tone));
  return emojiCharacter(name) ?? `:${name}:`;
}

function readLine(line: string, kind: Emphasis, names: SlackNames, now: number): RichText[] {
  const pieces: RichText[] = [];
  function add(piece: RichText): void {
    const last = pieces.at(-1);
    if (last?.kind === kind && piece.kind === kind) last.text += piece.text;
    else if (piece.text !== '') pieces.push(piece);
  }
  let end = 0;
  for (const match of line.matchAll(token)) {
    add({ kind, text: decode(line.slice(end, match.index)) });
    end = match.index + match[0].length;
    const { code, sequence, shortcode, bold, italic, strike } = match.groups ?? {};
    if (code !== undefined) add({ kind: 'code', text: decode(code) });
    else if (sequence !== undefined) add(readSequence(sequence, kind, names, now));
    else if (shortcode !== undefined) add({ kind, text: drawnEmoji(shortcode) });
    else if (bold !== undefined) readLine(bold, 'bold', names, now).forEach(add);
    else if (strike !== undefined) readLine(strike, 'strike', names, now).forEach(add);
    else readLine(italic ?? '', 'italic', names, now).forEach(add);
  }
  add({ kind, text: decode(line.slice(end)) });
  return pieces;
}

/** What stands in angle brackets: a mention, a moment or a link. */
function readSequence(sequence: string, kind: Emphasis, names: SlackNames, now: number): RichText {
  const [target = '', label] = sequence.split('|', 2);
  const id = target.slice(1);
  if (target.startsWith('!date^')) return { kind, text: readDate(target, now) ?? decode(label ?? '') };
  if (target.startsWith('!')) return { kind: 'mention', text: `@${id}` };
  if (target.startsWith('@')) {
    return { kind: 'mention', text: `@${names.users.find((user) => user.id === id)?.name ?? label ?? id}` };
  }
  if (target.startsWith('#')) {
    return { kind: 'mention', text: `#${names.channels.find((channel) => channel.id === id)?.name ?? label ?? id}` };
  }
  return { kind: 'link', text: decode(label ?? target) };
}

/** `!date^SECONDS^FORMAT` in this machine's time zone; null for a format that the app does not use. */
function readDate(target: string, now: number): string | null {
  const [, seconds = '', format = ''] = target.split('^');
  const date = new Date(Number(seconds) * 1000);
  const readable = format
    .replace('{date_short_pretty}', shortPrettyDate(date, now))
    .replace('{time}', date.toLocaleTimeString(undefined, { timeStyle: 'short' }));
  return Number.isNaN(date.getTime()) || readable.includes('{') ? null : readable;
}

function shortPrettyDate(date: Date, now: number): string {
  const day = date.toDateString();
  if (day === new Date(now).toDateString()) return 'today';
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (day === yesterday.toDateString()) return 'yesterday';
  return date.toLocaleDateString(undefined, { dateStyle: 'medium' });
}

function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
