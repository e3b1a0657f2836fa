import type { App, SlashCommand } from '@slack/bolt';
import { type AppError, toAppError } from '../../shared/errors.ts';
import { parseIssueReference } from '../../shared/issue-key.ts';
import { type NewRequest, typedRequest } from '../tickets/ports/ticket-store.ts';
import type { StatusAnswer } from '../tickets/status-answers.ts';
import { summarise, summariseMarkup } from '../tickets/summary.ts';
import type { TicketService } from '../tickets/ticket-service.ts';
import { issueStatus } from './blocks.ts';
import * as replies from './replies.ts';
import { requestIdOf } from './request-id.ts';
import type { Reply, Responder } from './responder.ts';
import { decodeSlackText, sentMarkup } from './text.ts';

export interface CommandDeps {
  tickets: TicketService;
  responder: Responder;
  /** Opens a form for a new ticket. Throws AppError. */
  openForm(
    triggerId: string,
    place: { channel: string; channelName: string | null; responseUrl: string | null },
  ): Promise<void>;
  onError(error: AppError): void;
}

function toRequest(command: SlashCommand, text: string): NewRequest {
  // Where the app is installed for a whole organisation, that may be all that Slack names.
  const team = command.team_id || command.enterprise_id || '';
  const markup = sentMarkup(command.text ?? '').trim();
  return {
    requestId: requestIdOf(team, 'command', command.trigger_id),
    ...typedRequest,
    team,
    user: command.user_id,
    userName: command.user_name || null,
    channel: command.channel_id,
    channelName: command.channel_name || null,
    text,
    markup,
    summary: summariseMarkup(markup, text),
    responseUrl: command.response_url || null,
  };
}

/** `/ticket` and `/ticket_status`. */
export function registerCommands(app: App, { tickets, responder, openForm, onError }: CommandDeps): void {
  const note = (thrown: unknown) => onError(toAppError(thrown));

  /** Opens the form; where Slack refuses that, says how it goes without. */
  async function ask(command: SlashCommand): Promise<void> {
    const { trigger_id, channel_id: channel, channel_name, response_url } = command;
    const place = { channel, channelName: channel_name || null, responseUrl: response_url || null };
    await openForm(trigger_id, place).catch(async (thrown) => {
      note(thrown);
      await responder.respond(response_url, { response_type: 'ephemeral', text: replies.usage }).catch(note);
    });
  }

  app.command('/ticket', async ({ ack, command }) => {
    const answer = async (reply: Reply) => ack({ ...reply, response_type: 'ephemeral' });
    const text = decodeSlackText(command.text ?? '').trim();
    if (text.toLowerCase() === 'help') return answer({ text: replies.usage });
    if (summarise(text) === '') {
      await ack().catch(note);
      return ask(command);
    }
    try {
      // Durable before the ack: from here on the ticket survives anything.
      const { outcome, ticket } = await tickets.receive(toRequest(command, text));
      if (outcome === 'duplicate') return await answer(replies.duplicateOf(ticket)).catch(note);
      // A dead socket at the ack must not stop the work.
      await answer({ text: replies.creating }).catch((lost) => {
        note(lost);
        return tickets.ackLost(ticket.requestId).catch(note);
      });
      tickets.enqueue(ticket.requestId);
    } catch (thrown) {
      const error = toAppError(thrown);
      // Somebody who sends too many must not fill the log file either.
      if (error.code !== 'rate_limited') note(error);
      await answer({ text: replies.notReceived(error) });
    }
  });

  /** A bare number needs the project's key, which may have to be asked for. */
  async function statusOf(input: string): Promise<Reply> {
    let reference = parseIssueReference(input, null);
    try {
      reference ??= parseIssueReference(input, await tickets.projectKey());
      return reference === null ? { text: replies.statusUsage } : replyToStatus(await tickets.statusOf(reference));
    } catch (thrown) {
      note(thrown);
      return { text: replies.statusFailed(reference?.key ?? null, toAppError(thrown)) };
    }
  }

  app.command('/ticket_status', async ({ ack, command }) => {
    const typed = command.text ?? '';
    // As Slack sent it first: there an address is still apart from the words that it is shown with, which never count.
    const inputs = [typed, decodeSlackText(typed.replace(/<(https?:[^|<>\s]+)\|[^<>]*>/gi, '<$1>')).trim()];
    const input = inputs.find((text) => parseIssueReference(text, 'ANY') !== null);
    if (input === undefined) return ack({ response_type: 'ephemeral', text: replies.statusUsage });
    await ack().catch(note);
    const reply = await statusOf(input);
    await responder.respond(command.response_url, { response_type: 'ephemeral', ...reply }).catch(note);
  });
}

function replyToStatus(answer: StatusAnswer): Reply {
  switch (answer.outcome) {
    case 'shown':
      return issueStatus(answer.issue);
    case 'not_found':
      return { text: replies.statusNotFound(answer.key) };
    case 'deleted':
      return { text: replies.statusDeleted(answer.key) };
    case 'not_shown':
      return { text: replies.statusNotShown(answer.key, answer.projects) };
    case 'other_site':
      return { text: replies.otherSite(answer.host) };
    case 'no_key':
      return { text: replies.statusUsage };
  }
}
