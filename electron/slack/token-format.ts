import { rotatingToken, rotationUnsupported } from '../../shared/rotating-token.ts';

/** `bot`: SLACK_BOT_TOKEN (xoxb-). `app`: SLACK_APP_TOKEN (xapp-). */
export type TokenKind = 'bot' | 'app';

/** Where people find each token in Slack's pages for the app. */
export const tokenSource: Record<TokenKind, string> = {
  bot: 'Copy the Bot User OAuth Token (xoxb-) from OAuth & Permissions in the app’s settings in Slack.',
  app: 'Generate an App-Level Token (xapp-) with the scope connections:write under Basic Information in the app’s settings in Slack.',
};

const prefixes: Record<TokenKind, string> = { bot: 'xoxb-', app: 'xapp-' };

/** What else people paste, by the form that Slack gives it. */
const mixUps: [RegExp, Partial<Record<TokenKind, string>>][] = [
  [/^xapp-/, { bot: 'This is the app-level token (xapp-); it belongs in the field “App-level token”.' }],
  [/^xoxb-/, { app: 'This is the bot token (xoxb-); it belongs in the field “Bot token”.' }],
  [/^xoxp-/, both('This is a user token (xoxp-), which acts in a person’s name.')],
  [rotatingToken, both(rotationUnsupported)],
  [/^xox[ac-z]-/, both('This is another kind of Slack token.')],
  [/^[0-9a-f]{32}$/i, both('This looks like the signing secret or the client secret.')],
  [/^\d+\.\d+$/, both('This looks like the client ID.')],
];

function both(words: string): Record<TokenKind, string> {
  return { bot: words, app: words };
}

/** Why this text cannot be the token and what to do; null where it may be one. Never quotes it. */
export function tokenFault(kind: TokenKind, text: string): string | null {
  const token = text.trim();
  if (/^["'`‘’“”]|["'`‘’“”]$/.test(token)) return 'There are quotation marks around the token. Enter it without them.';
  if (/\s/.test(token)) return 'There is a blank or a line break in the token. Copy it again in one piece.';
  const [, mixUp] = mixUps.find(([form, words]) => words[kind] !== undefined && form.test(token)) ?? [];
  if (mixUp !== undefined) return `${mixUp[kind]} ${tokenSource[kind]}`;
  const prefix = prefixes[kind];
  if (!token.startsWith(prefix)) return `The token should begin with ${prefix}. ${tokenSource[kind]}`;
  if (/\.\.|[…•*]/.test(token) || token === prefix) {
    return `The token was not copied whole. Use the Copy button. ${tokenSource[kind]}`;
  }
  return /^[\x21-\x7e]+$/.test(token) ? null : 'There are characters in the token that no token has. Copy it again.';
}

/** Slack gives bot tokens of 50 characters and more, app-level tokens of about 100. */
const usualLengths: Record<TokenKind, number> = { bot: 40, app: 80 };

/** Whether a token that Slack does not know may have lost its end. */
export function looksCut(kind: TokenKind, token: string): boolean {
  return token.length < usualLengths[kind];
}
