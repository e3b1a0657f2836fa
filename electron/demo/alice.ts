import type { DemoOptions, DemoPlace, DemoValues } from '../../shared/demo-view.ts';
import { AppError } from '../../shared/errors.ts';
import type { Json } from '../../stand-ins/record.ts';
import { findAction } from '../../stand-ins/slack/payloads.ts';
import type { SlackMessage } from '../../stand-ins/slack/state.ts';
import { elementsOf } from '../../stand-ins/slack/view-checks.ts';
import { faultsOf } from '../../stand-ins/slack/view-state.ts';
import type { SlackView } from '../../stand-ins/slack/views.ts';
import type { SlackWorkspace } from '../../stand-ins/slack/workspace.ts';
import { elementAt, holdValues } from './hold-values.ts';
import { readChoices } from './read-element.ts';

/** An element of a modal or of App Home. */
export interface ViewPlace {
  viewId: string;
  blockId: string;
  actionId: string;
}

/**
 * What the demo's person does in Slack. All throw `not_found` where what it is done to is gone, and `unavailable` where no
 * app took it.
 */
export interface Alice {
  /**
   * Sends a line: a command where it starts with a slash, else a message; in the channel unless told otherwise, and in the
   * thread of the message with the timestamp `thread`.
   */
  type(line: string, place?: DemoPlace, thread?: string | null): Promise<void>;
  /** Clicks a message's button, or chooses the option of this text from a list. */
  click(ts: string, actionId: string, option?: string): Promise<void>;
  /** Puts an emoji on a message, or takes hers away. */
  react(ts: string, name: string): Promise<void>;
  /** Chooses a shortcut by its id: on the message with this timestamp, or a global one where that is null. */
  shortcut(id: string, ts: string | null): Promise<void>;
  openHome(): Promise<void>;
  /** Presses a button of a view, or chooses something that the app hears of at once; `values`: all that is put in. */
  act(place: ViewPlace, value: string[], values: DemoValues): Promise<void>;
  /** Gives the options that the app offers for what she types. */
  suggest(place: ViewPlace, query: string): Promise<DemoOptions>;
  /** Sends a modal; gives what Slack itself finds wrong, by block, and sends nothing then. */
  submit(viewId: string, values: DemoValues): Promise<Record<string, string>>;
  closeView(viewId: string): Promise<void>;
}

export interface AliceDeps {
  slack: SlackWorkspace;
  /** Her id, and the name of the channel that she looks at. */
  user: string;
  channel: string;
  /** What she sees, oldest first. */
  visible(): SlackMessage[];
}

const commands = ['/ticket', '/ticket_status'];
/** The app's name in mentions, as the manifest has it. */
export const botName = 'ticket_agent';

export function createAlice({ slack, user, channel, visible }: AliceDeps): Alice {
  /** Options that the app offered, by their values: Slack remembers those that are chosen. */
  const offered = new Map<string, Json>();

  function theMessage(ts: string): SlackMessage {
    const message = visible().find((each) => each.ts === ts);
    if (message === undefined) throw new AppError('not_found', 'This message is gone.');
    return message;
  }

  function theView(viewId: string): SlackView {
    const view = slack.views.find(({ id }) => id === viewId);
    if (view === undefined) throw new AppError('not_found', 'This form is closed. What you typed was not sent.');
    return view;
  }

  async function run(line: string, place: DemoPlace): Promise<void> {
    const [, command = '', text = ''] = /^(\/\S*)\s*([\s\S]*)$/.exec(line) ?? [];
    if (!commands.includes(command)) {
      const advice = 'To send a message that begins with a slash, put a space in front of it.';
      slack.whisper(`\`${command}\` is not a valid command. ${advice}`, { user, channel });
      return;
    }
    if (place === 'direct') await slack.openHome({ user, tab: 'messages' });
    const direct = slack.channels.find(({ imUser }) => imUser === user);
    const where = place === 'direct' ? (direct?.id ?? channel) : channel;
    await slack.slash(command, text.trim(), { user, channel: where });
  }

  async function send(line: string, place: DemoPlace, thread: SlackMessage | undefined): Promise<unknown> {
    const inThread = thread === undefined ? {} : { thread };
    if (place === 'direct') return slack.direct(line, { user, ...inThread });
    const bot = `@${botName}`;
    if (!line.includes(bot)) return slack.say(line, { user, channel, ...inThread });
    return slack.mention(line.replaceAll(bot, `<@${slack.botUserId}>`), { user, channel, ...inThread });
  }

  return {
    async type(line, place = 'channel', thread = null) {
      if (line.trim() === '') return;
      if (!line.startsWith('/')) {
        const root = thread === null ? undefined : theMessage(thread);
        await send(line.trim(), place, root).catch(notDelivered);
      } else if (thread === null) {
        await run(line, place).catch(notDelivered);
      } else {
        const advice = `Mention @${botName} instead.`;
        throw new AppError('invalid_input', `Slack takes no commands in threads. ${advice}`);
      }
    },

    async click(ts, actionId, option) {
      const message = visible().find((each) => each.ts === ts);
      if (message === undefined || findAction(message, actionId, option) === null) {
        throw new AppError('not_found', 'This button is gone: somebody has decided, or the message was removed.');
      }
      await slack.click(message, actionId, option === undefined ? { user } : { user, option }).catch(notDelivered);
    },

    async react(ts, name) {
      const message = theMessage(ts);
      const isHers = message.reactions?.get(name)?.includes(user) === true;
      await (isHers ? slack.unreact(message, name, { user }) : slack.react(message, name, { user }));
    },

    async shortcut(id, ts) {
      const chosen = ts === null ? slack.shortcut(id, { user }) : slack.messageShortcut(theMessage(ts), id, { user });
      await chosen.catch(notDelivered);
    },

    async openHome() {
      await slack.openHome({ user });
    },

    async act({ viewId, blockId, actionId }, [value], values) {
      const view = theView(viewId);
      holdValues(view, values, offered);
      const element = elementAt(view, blockId, actionId);
      if (element === undefined) throw new AppError('not_found', 'This button is gone.');
      const text = element['type'] === 'overflow' ? optionText(element, value) : undefined;
      await slack.pick(view, nameOf(view, blockId, actionId), text).catch(notDelivered);
    },

    async suggest({ viewId, blockId, actionId }, query) {
      const view = theView(viewId);
      const options = await slack.suggest(view, nameOf(view, blockId, actionId), query).catch(notDelivered);
      for (const option of options) offered.set(String(option['value']), option);
      return readChoices({ options });
    },

    async submit(viewId, values) {
      const view = theView(viewId);
      holdValues(view, values, offered);
      const faults = view.blocks.flatMap((block): [string, string][] => {
        const [fault] = Object.values(faultsOf([block], view.values));
        return fault === undefined ? [] : [[String(block['block_id']), fault]];
      });
      if (faults.length > 0) return Object.fromEntries(faults);
      await slack.submit(view).catch(notDelivered);
      return {};
    },

    async closeView(viewId) {
      const view = slack.views.find(({ id }) => id === viewId);
      if (view !== undefined) await slack.closeView(view).catch(notDelivered);
    },
  };
}

/** The stand-in's hands know a lone element by its block, one among others by its own id. */
function nameOf(view: SlackView, blockId: string, actionId: string): string {
  const block = view.blocks.find((each) => each['block_id'] === blockId);
  return block !== undefined && elementsOf(block).length === 1 ? blockId : actionId;
}

function optionText(element: Json, value: string | undefined): string {
  const options = readChoices(element).flatMap((group) => group.options);
  return options.find((option) => option.value === value)?.text ?? '';
}

function notDelivered(thrown: Error): never {
  if (thrown instanceof AppError) throw thrown;
  const advice = 'Look on the page Status whether Slack is connected, then try again.';
  throw new AppError('unavailable', `Nothing happened, because the app did not answer (${thrown.message}). ${advice}`, {
    cause: thrown,
  });
}
