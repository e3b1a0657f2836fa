import type { SlackChannel, SlackUser } from './state.ts';

/** Slack escapes exactly these three in texts. */
function escapeEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * What a person typed, as Slack sends it: `&`, `<` and `>` as entities, and mentions and links in angle brackets; of a
 * command only where the app asks for it ("Escape channels, users, and links"), and then with their names.
 */
export function escapeTyped(
  text: string,
  names: {
    users: readonly SlackUser[];
    channels: readonly SlackChannel[];
    links: boolean;
    /** Whether people come with their names, as in commands. */
    withNames?: boolean;
  },
): string {
  const escaped = escapeEntities(text);
  if (!names.links) return escaped;
  return escaped.replaceAll(/https?:\/\/[^\s]+|[@#][\w.-]+/g, (match) => {
    if (match.startsWith('http')) return `<${match}>`;
    const name = match.slice(1);
    if (match.startsWith('#')) {
      const channel = names.channels.find((known) => known.name === name);
      return channel === undefined ? match : `<#${channel.id}|${name}>`;
    }
    if (['here', 'channel', 'everyone'].includes(name)) return `<!${name}>`;
    const user = names.users.find((known) => known.name === name);
    if (user === undefined) return match;
    return names.withNames === true ? `<@${user.id}|${name}>` : `<@${user.id}>`;
  });
}

/** The broadcasts (`here`, `channel`, `everyone`) that this text would set off. */
export function broadcastsIn(text: string): string[] {
  return [...text.matchAll(/<!(here|channel|everyone)(?:\|[^<>]*)?>/g)].map((match) => match[1] ?? '');
}
