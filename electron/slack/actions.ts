import type { App, BlockAction, ButtonAction, StaticSelectAction } from '@slack/bolt';
import { type AppError, toAppError } from '../../shared/errors.ts';
import { type Announcement, clickTimePattern, type Decision } from '../../shared/ticket.ts';
import type { TicketClick } from '../tickets/clicks.ts';
import { type NewRequest, typedRequest } from '../tickets/ports/ticket-store.ts';
import type { TicketService } from '../tickets/ticket-service.ts';
import { type AgainValue, decodeAgain } from './again-value.ts';
import { actionIds } from './blocks.ts';
import { approveValueIn, decodeButtonValue } from './button-value.ts';
import { unreadWords } from './doors.ts';
import * as replies from './replies.ts';
import { requestIdOf } from './request-id.ts';
import type { Responder } from './responder.ts';
import { decodeTypeValue, type TypeValue, typeActionIds } from './type-choice.ts';

export interface ActionDeps {
  tickets: TicketService;
  responder: Responder;
  /** Whether the person who clicked may approve, reject and correct. */
  mayDecide(body: BlockAction): boolean;
  onError(error: AppError): void;
}

/** Which message was clicked: an ephemeral one has no place of its own, only its `response_url`. */
function clickedMessage({ container, channel }: BlockAction): Announcement {
  const isEphemeral = container['is_ephemeral'] === true;
  const ts = container['message_ts'];
  const where = channel?.id ?? container['channel_id'];
  if (isEphemeral || typeof ts !== 'string' || typeof where !== 'string') {
    return { via: 'response_url', channel: null, ts: null };
  }
  return { via: where.startsWith('D') ? 'direct' : 'channel', channel: where, ts };
}

/** The message of the button, for a desktop that does not know its first ticket. */
function unreadRequest(
  { team, channel, ts, threadTs }: AgainValue,
  click: Pick<NewRequest, 'requestId' | 'responseUrl' | 'user' | 'userName'>,
): NewRequest {
  const sourceMessage = { ts, threadTs, author: null, authorName: null, url: null };
  return {
    ...typedRequest,
    ...unreadWords,
    ...click,
    door: 'reaction',
    team,
    channel,
    channelName: null,
    sourceMessage,
  };
}

/** Registers the buttons of our messages: Approve, Reject, File anyway, and the three of “Wrong type?” (type-choice.ts). */
export function registerActions(app: App, { tickets, responder, mayDecide, onError }: ActionDeps): void {
  const note = (thrown: unknown) => onError(toAppError(thrown));

  /** Answers the clicker alone and leaves the message as it is. */
  async function tell(body: BlockAction, text: string): Promise<void> {
    const reply = { text, response_type: 'ephemeral', replace_original: false } as const;
    await responder.respond(body.response_url, reply).catch(note);
  }

  async function decide(body: BlockAction, action: ButtonAction, status: Decision['status'], ack: () => Promise<void>) {
    if (!mayDecide(body)) {
      await ack().catch(note);
      return tell(body, replies.mayNotDecide);
    }
    const value = decodeButtonValue(action.value);
    if (value === null) {
      await ack().catch(note);
      return tell(body, replies.unknownButton);
    }
    const click = {
      requestId: value.request,
      team: body.team?.id ?? body.user.team_id ?? '',
      user: value.user,
      channel: body.channel?.id ?? '',
      issueKey: value.key,
      issueType: value.type,
      issueUrl: value.url,
      summary: value.summary,
      announcement: clickedMessage(body),
      responseUrl: body.response_url || null,
    };
    try {
      const clicked = clickTimePattern.test(action.action_ts) ? { actionTs: action.action_ts } : {};
      const decision = { status, by: body.user.id, at: new Date().toISOString(), ...clicked };
      const { accepted, ticket } = await tickets.decide(click, decision);
      await ack().catch(note);
      if (!accepted) return tell(body, replies.alreadyDecided(ticket));
      tickets.enqueue(ticket.requestId);
    } catch (thrown) {
      note(thrown);
      await ack().catch(note);
      await tell(body, replies.notDecided(toAppError(thrown)));
    }
  }

  app.action<BlockAction<ButtonAction>>(actionIds.approve, ({ ack, body, action }) =>
    decide(body, action, 'approved', ack),
  );
  app.action<BlockAction<ButtonAction>>(actionIds.reject, ({ ack, body, action }) =>
    decide(body, action, 'rejected', ack),
  );

  /** The click with what the message's own buttons carry, where it came with the message. */
  function clickOn(body: BlockAction, { request, key, user }: TypeValue): TicketClick {
    const value = approveValueIn(body.message?.['blocks']);
    return {
      requestId: request,
      team: body.team?.id ?? body.user.team_id ?? '',
      user: value?.user || user,
      channel: body.channel?.id ?? '',
      issueKey: key,
      issueType: value?.type ?? null,
      issueUrl: value?.url ?? null,
      summary: value?.summary ?? '',
      announcement: clickedMessage(body),
      responseUrl: body.response_url || null,
    };
  }

  async function relabel(body: BlockAction, given: string | undefined, ack: () => Promise<void>) {
    const value = decodeTypeValue(given);
    let answer = replies.unknownButton;
    try {
      if (!mayDecide(body)) answer = replies.mayNotDecide;
      else if (value !== null) {
        const word = { label: value.label, by: body.user.id };
        answer = replies.relabelled(await tickets.relabelByClick(clickOn(body, value), word));
      }
    } catch (thrown) {
      note(thrown);
      answer = replies.notRelabelled(toAppError(thrown));
    }
    await ack().catch(note);
    await tell(body, answer);
  }

  for (const actionId of [typeActionIds.first, typeActionIds.second]) {
    app.action<BlockAction<ButtonAction>>(actionId, ({ ack, body, action }) => relabel(body, action.value, ack));
  }
  app.action<BlockAction<StaticSelectAction>>(typeActionIds.list, ({ ack, body, action }) =>
    relabel(body, action.selected_option.value, ack),
  );

  app.action<BlockAction<ButtonAction>>(actionIds.fileAnyway, async ({ ack, body, action }) => {
    const value = action.value ?? '';
    const again = decodeAgain(value);
    const first = again?.request ?? value;
    const team = again?.team ?? body.team?.id ?? '';
    const { id: user, name, username } = body.user;
    try {
      const click = {
        // From the first ticket, so that two clicks on the button are one request.
        requestId: requestIdOf(team, 'file_anyway', first),
        responseUrl: body.response_url || null,
        user,
        userName: name ?? username ?? null,
      };
      const receipt = await tickets.fileAnyway(first, click, again && unreadRequest(again, click));
      await ack().catch(note);
      if (receipt === null) return await tell(body, replies.originalUnknown);
      const text = receipt.outcome === 'new' ? replies.creating : replies.filedAlready(receipt.ticket);
      await responder.respond(body.response_url, { text, replace_original: true }).catch(note);
      tickets.enqueue(receipt.ticket.requestId);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code !== 'rate_limited') note(error);
      await ack().catch(note);
      await tell(body, replies.notReceived(error));
    }
  });
}
