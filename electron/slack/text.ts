import { seenText } from '../rich-text/slack-sequences.ts';

/** Characters. Slack takes 40,000 from a person; escaped they can be five times as many, and a link's words and address come twice. */
const [longestSent, longestText] = [200_000, 100_000];

/** What Slack sent of a person's text, with its markup; what is longer than any person's is cut. */
export function sentMarkup(text: string): string {
  return text.slice(0, longestSent);
}

/** What a person typed, from the text of a slash command. */
export function decodeSlackText(text: string): string {
  return seenText(sentMarkup(text)).slice(0, longestText);
}
