import type { DemoModal, DemoView } from '../../shared/demo-view.ts';
import { readManifest } from '../../stand-ins/slack/manifest.ts';
import type { SlackMessage, SlackUser } from '../../stand-ins/slack/state.ts';
import type { SlackView } from '../../stand-ins/slack/views.ts';
import type { SlackWorkspace } from '../../stand-ins/slack/workspace.ts';
import { botName } from './alice.ts';
import { appName, readMessage } from './demo-message.ts';
import { readBlocks } from './read-blocks.ts';
import type { SlackNames } from './read-mrkdwn.ts';
import { wordsOf } from './read-text.ts';

/** Slack as one person sees it; `visible`: the messages of the channel and of the app's direct messages to that person. */
export function readSlack(
  slack: SlackWorkspace,
  { you, channel, visible }: { you: SlackUser; channel: string; visible: readonly SlackMessage[] },
): Omit<DemoView, 'issues' | 'isDecided'> {
  const isDirect = (message: SlackMessage) =>
    slack.channels.some(({ id, imUser }) => id === message.channel && imUser !== null);
  const bot = { id: slack.botUserId, name: botName, realName: appName };
  const names = { users: [...slack.users, bot], channels: slack.channels };
  const read = (message: SlackMessage) => readMessage(message, names, you.id);
  const home = slack.home(you.id);
  const modal = slack.modal(you.id);
  return {
    channel,
    you: you.name,
    bot: botName,
    people: slack.users.filter(({ id }) => id !== you.id).map(({ name }) => name),
    messages: visible.filter((message) => !isDirect(message)).map(read),
    direct: visible.filter(isDirect).map(read),
    home: home === null ? null : { id: home.id, blocks: readBlocks(home.blocks, names, home.values) },
    shortcuts: readManifest().shortcuts.map(({ callbackId, name, type }) => ({ id: callbackId, name, type })),
    modal: modal === null ? null : readModal(modal, names),
  };
}

/** A modal with what stands in it. */
export function readModal(view: SlackView, names: SlackNames): DemoModal {
  return {
    id: view.id,
    title: wordsOf(view.title),
    submit: view.submit === null ? null : wordsOf(view.submit),
    close: view.close === null ? 'Cancel' : wordsOf(view.close),
    blocks: readBlocks(view.blocks, names, view.values),
    errors: view.errors,
  };
}
