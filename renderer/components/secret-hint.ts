import { rotatingToken, rotationUnsupported } from '../../shared/rotating-token.ts';
import type { SecretName } from '../../shared/settings.ts';

/** What people take along when they copy: blanks and quotation marks around the text. */
export function cleanSecret(text: string): string {
  return text.replace(/^[\s"'`‘’“”]+|(?<![\s"'`‘’“”])[\s"'`‘’“”]+$/g, '');
}

const prefixes: Partial<Record<SecretName, string>> = { SLACK_BOT_TOKEN: 'xoxb-', SLACK_APP_TOKEN: 'xapp-' };

/** What else is pasted here, by its form. */
const mixUps: Partial<Record<SecretName, [form: RegExp, words: string][]>> = {
  SLACK_BOT_TOKEN: [
    [rotatingToken, rotationUnsupported],
    [/^xapp-/, 'This is the app-level token (xapp-). It belongs in the field for that one.'],
    [/^xoxp-/, 'This is a user token (xoxp-). The bot token stands beside it and begins with xoxb-.'],
  ],
  SLACK_APP_TOKEN: [
    [rotatingToken, rotationUnsupported],
    [/^xoxb-/, 'This is the bot token (xoxb-). It belongs in the field for that one.'],
    [/^xoxp-/, 'This is a user token (xoxp-). The app-level token begins with xapp-.'],
  ],
  JIRA_API_TOKEN: [[/^xox|^xapp-/, 'This is a token of Slack. Jira needs one from your Atlassian account.']],
  OPENAI_API_KEY: [
    [/^sk-admin-/, 'This is an admin key, which may not use models. Take a project’s key.'],
    [/^xox|^xapp-/, 'This is a token of Slack, not a key for OpenAI.'],
  ],
};

/** What the form of a half-typed secret gives away, as words for the person typing; null where it may be right. */
export function secretHint(name: SecretName, text: string): string | null {
  if (text === '') return null;
  if (/\s/.test(text)) return 'There is a blank inside. Copy it again in one piece.';
  const mixUp = mixUps[name]?.find(([form]) => form.test(text));
  if (mixUp !== undefined) return mixUp[1];
  if (/\.\.|[…•*]/.test(text)) return 'It was not copied whole. Use the Copy button where you found it.';
  const prefix = prefixes[name];
  if (prefix === undefined || text.startsWith(prefix) || prefix.startsWith(text)) return null;
  return `It should begin with ${prefix}.`;
}
