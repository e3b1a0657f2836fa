import { isRecord, type Json } from '../record.ts';
import { showMessage } from './shown.ts';
import type { SlackChannel, SlackMessage, SlackState, SlackUser } from './state.ts';

/** The workspace and the enterprise that a delivery names. */
export interface DeliveryPlace {
  team: string | null;
  enterprise: string | null;
}

const verificationToken = 'demo-verification-token';

/** Payload of a `slash_commands` envelope; `text` as Slack escapes it. */
export function slashPayload(
  state: SlackState,
  command: {
    command: string;
    text: string;
    user: SlackUser;
    channel: SlackChannel;
    triggerId: string;
    responseUrl: string;
    from: DeliveryPlace;
  },
): Json {
  return {
    token: verificationToken,
    team_id: command.from.team ?? state.team.id,
    ...(command.from.enterprise === null ? {} : { enterprise_id: command.from.enterprise }),
    team_domain: state.team.domain,
    channel_id: command.channel.id,
    channel_name: interactionChannel(command.channel)['name'],
    user_id: command.user.id,
    user_name: command.user.name,
    command: command.command,
    text: command.text,
    api_app_id: state.appId,
    is_enterprise_install: String(state.team.isOrgWide ?? false),
    response_url: command.responseUrl,
    trigger_id: command.triggerId,
  };
}

/** Where a workspace's deliveries come from unless told otherwise. */
export function ownPlace(state: SlackState): DeliveryPlace {
  const { id, enterpriseId = null, isOrgWide = false } = state.team;
  return { team: isOrgWide ? null : id, enterprise: enterpriseId };
}

/** What every payload of an `interactive` envelope says of the app, the person and the place. */
export function interactionFields(state: SlackState, user: SlackUser, { team, enterprise } = ownPlace(state)): Json {
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId ?? state.team.id },
    api_app_id: state.appId,
    token: verificationToken,
    // Of an app that is installed for an organisation, Slack names no team.
    team: team === null ? null : { id: team, domain: state.team.domain },
    enterprise: enterprise === null ? null : { id: enterprise, name: enterprise },
    is_enterprise_install: state.team.isOrgWide ?? false,
  };
}

/** The same of a shortcut, which names the app nowhere and the person by one name: the samples of both kinds. */
export function shortcutFields(state: SlackState, person: SlackUser, type: 'shortcut' | 'message_action'): Json {
  const { api_app_id: _app, ...fields } = interactionFields(state, person);
  const name = type === 'shortcut' ? { username: person.name } : { name: person.name };
  const user = { id: person.id, ...name, team_id: person.teamId ?? state.team.id };
  return { type, ...fields, user, action_ts: state.nextTs() };
}

export function interactionChannel(channel: SlackChannel): Json {
  if (channel.imUser !== null) return { id: channel.id, name: 'directmessage' };
  return { id: channel.id, name: channel.isPrivate && channel.isGroupMessage !== true ? 'privategroup' : channel.name };
}

/** Payload of an `interactive` envelope for a click; of an ephemeral message Slack does not send the message. */
export function clickPayload(
  state: SlackState,
  click: {
    message: SlackMessage;
    action: Json;
    user: SlackUser;
    channel: SlackChannel;
    triggerId: string;
    responseUrl: string;
    from: DeliveryPlace;
  },
): Json {
  const isEphemeral = click.message.ephemeralTo !== null;
  return {
    type: 'block_actions',
    ...interactionFields(state, click.user, click.from),
    container: {
      type: 'message',
      message_ts: click.message.ts,
      channel_id: click.channel.id,
      is_ephemeral: isEphemeral,
    },
    trigger_id: click.triggerId,
    channel: interactionChannel(click.channel),
    ...(!isEphemeral && { message: showMessage(state, click.message, { metadata: true }) }),
    state: { values: {} },
    response_url: click.responseUrl,
    actions: [{ ...click.action, action_ts: state.nextTs() }],
  };
}

/**
 * The clicked button as it comes in `actions`, with the id of its block; null where there is none. Of a list, the option
 * with this text was chosen.
 */
export function findAction(message: SlackMessage, actionId: string, chosen?: string): Json | null {
  for (const block of message.blocks) {
    const elements = Array.isArray(block['elements']) ? block['elements'] : [block['accessory']];
    const button = elements.filter(isRecord).find((element) => element['action_id'] === actionId);
    if (button !== undefined) {
      const { confirm: _confirm, accessibility_label: _label, options, ...shown } = button;
      if (!Array.isArray(options)) return { ...shown, block_id: block['block_id'] };
      const option = options.filter(isRecord).find(({ text }) => isRecord(text) && text['text'] === chosen);
      return option === undefined ? null : { ...shown, block_id: block['block_id'], selected_option: option };
    }
  }
  return null;
}

/** Payload of an `events_api` envelope around one event. */
export function eventPayload(state: SlackState, event: Json & { type: string }, eventId: string): Json {
  const { team, enterprise } = ownPlace(state);
  const isOrgWide = state.team.isOrgWide ?? false;
  const author = state.users.find(({ id }) => id === event['user']);
  return {
    token: verificationToken,
    team_id: state.team.id,
    ...(enterprise === null ? {} : { enterprise_id: enterprise }),
    api_app_id: state.appId,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(state.now() / 1000),
    authorizations: [
      {
        enterprise_id: enterprise,
        team_id: team,
        user_id: state.botUserId,
        is_bot: true,
        is_enterprise_install: isOrgWide,
      },
    ],
    is_ext_shared_channel: author?.teamId !== undefined && author.teamId !== state.team.id,
    event_context: `1-${event.type}-${state.team.id}`,
  };
}
