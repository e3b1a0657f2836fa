import { Document, type Scalar, visit } from 'yaml';
import { scopeUses, slackManifest } from '../shared/slack-manifest.ts';

const head = ` Paste this under https://api.slack.com/apps > Create New App > From a manifest. An app that is there already gets it
 under App Manifest in its settings; install it again afterwards.
 Made from shared/slack-manifest.ts. Each scope stands with what it is for: only commands and chat:write are needed, the
 program says at its start what does not work without another.`;

/** What stands above a key, or above an entry of a list. */
const comments: Readonly<Record<string, string>> = {
  app_home: 'Home shows a person’s own tickets; Messages takes new ones, and answers to one person alone.',
  app_home_opened: 'to show a person’s tickets on Home',
  app_mention: 'a ticket where somebody mentions the app',
  'message.im': 'a ticket from a direct message to the app',
  reaction_added: 'a ticket from a message that gets the ticket emoji',
  ...Object.fromEntries(
    scopeUses.flatMap(({ scopes, reason }) =>
      scopes.map((scope, index) => [scope, index === 0 ? reason : sameAs(scope)]),
    ),
  ),
};

function sameAs(scope: string): string {
  if (scope.startsWith('mpim:')) return 'the same in group messages';
  return scope.startsWith('groups:') ? 'the same in private channels' : 'goes with the one above';
}

/** The Slack app's manifest as YAML, with what each part is for. */
export function manifestText(): string {
  const document = new Document(slackManifest, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_place, node: Scalar) {
      const about = comments[String(node.value)];
      if (about !== undefined) node.commentBefore = ` ${about}`;
    },
  });
  document.commentBefore = head;
  return document.toString({ lineWidth: 0 });
}
