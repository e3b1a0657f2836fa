import type { Button } from '@slack/types';
import { type AppError, type ErrorCode, reactionTo } from '../../shared/errors.ts';
import { placeKind } from '../../shared/places.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { type AgainValue, encodeAgain } from './again-value.ts';
import { actionIds, quoting, type SlackMessage, section, slackDate } from './blocks.ts';
import { slackCodeOf } from './errors.ts';
import { foreign, inCode, link } from './foreign-text.ts';
import { encodeCompleteValue } from './modal/complete-value.ts';
import { teammateWords } from './teammate-words.ts';

/** Every sentence that Slack shows besides the announcement. All texts are mrkdwn, already escaped. */

/** Jira's own words can be long, and a section takes 3,000 characters, escapes included. */
const longestWords = 500;
function wordsOf(error: Pick<AppError, 'code' | 'message'>): string {
  const words = teammateWords(error);
  return foreign(words.length > longestWords ? `${words.slice(0, longestWords)}…` : words);
}

/** Whether nobody can be invited there: a conversation has the people that it began with. */
function isBetweenPeople(ticket: Pick<Ticket, 'channel' | 'channelName'>): boolean {
  const kind = placeKind(ticket);
  return kind === 'direct_message' || kind === 'group_message';
}

/** The same for somebody's ticket: no hint to invite the app where that cannot work. */
function wordsAbout(ticket: Ticket, error: AppError): string {
  if (!isBetweenPeople(ticket) || !error.message.includes('/invite')) return wordsOf(error);
  return 'apps are not part of a conversation between people.';
}

export const creating = 'Creating your ticket...';

export const usage = [
  '*Create a ticket:* `/ticket` alone opens a form; `/ticket` and what happened, in your own words, does without.',
  'The first line becomes the summary, everything becomes the description.',
  'For example: `/ticket The VPN drops every ten minutes since this morning`',
  '*Ask about a ticket:* `/ticket_status KAN-7`',
].join('\n');

export const statusUsage =
  'Which ticket? Give its key, its number or its address, for example `/ticket_status KAN-7`, `/ticket_status 7` or a link to the issue.';

/** What a person can do about each kind of failure, where nothing is in Jira. */
const advice: Record<ErrorCode, string> = {
  invalid_input: 'Change what it complains about and send the command again.',
  not_configured: 'The person whose desktop runs AI Ticket Agent has to complete its Settings.',
  unauthorized:
    'It is tried again by itself; if that does not help, the person whose desktop runs AI Ticket Agent has to renew the token in its Settings.',
  forbidden: 'The person whose desktop runs AI Ticket Agent sees in its window who may allow that.',
  not_found: 'Check the key: it looks like KAN-7.',
  rate_limited: 'It goes on by itself in a moment.',
  unavailable: 'It goes on by itself as soon as that works.',
  unconfirmed: 'It is looked for before anything is tried again, so nothing is filed twice.',
  bad_response: 'It is tried again by itself; the person whose desktop runs AI Ticket Agent sees it in its window.',
  model_failed: 'Another model answers meanwhile.',
  storage_failed: 'The person whose desktop runs AI Ticket Agent should check its disk, then send the command again.',
  bug: 'The person whose desktop runs AI Ticket Agent sees it in its window.',
};

const stuckAdvice = 'The person whose desktop runs AI Ticket Agent sees it in its window, and decides there.';
const madeAdvice = 'The ticket is in Jira all the same, so there is no need to send it again.';

const keptAdvice =
  'Nothing is lost, and you need not send it again: the person whose desktop runs AI Ticket Agent sees it in its window, and can put it right and file it there.';

/** Advice that differs for a ticket that is written down: it goes on by itself, or whoever runs the desktop files it. */
const savedAdvice = { ...forFinalCodes(keptAdvice), storage_failed: 'It goes on by itself once that works again.' };
/** Advice for a ticket that may be in Jira: it is not to be sent again. */
const maybeAdvice = { ...savedAdvice, ...forFinalCodes(stuckAdvice) };
/** Advice for a ticket that is in Jira. */
const existingAdvice = { ...savedAdvice, ...forFinalCodes(madeAdvice) };
/** Advice for a click: there is no command to send again. */
const clickAdvice = {
  ...forFinalCodes('Nothing has changed.'),
  storage_failed: 'The person whose desktop runs AI Ticket Agent should check its disk; then press it again.',
};

function forFinalCodes(sentence: string) {
  return { invalid_input: sentence, forbidden: sentence, not_found: sentence, bug: sentence };
}

/** Advice where nothing goes on before a person has done what the words say, as with a captcha. */
const personAdvice =
  'Nothing goes on by itself before that: the person whose desktop runs AI Ticket Agent does it, and then tries again in its window.';

function adviceOn({ code, needsPerson }: AppError, special: Partial<Record<ErrorCode, string>>): string {
  return special[code] ?? (needsPerson ? personAdvice : advice[code]);
}

/** Ack of a command that could not even be written down. */
export function notReceived(error: AppError): string {
  // Says all there is to say: who filed too many within a minute.
  if (error.code === 'rate_limited') return wordsOf(error);
  return `Your ticket was *not* received: ${wordsOf(error)} ${advice[error.code]}`;
}

/** Tried often enough: what would be tried again by itself is not any more. */
function hasEnded({ nextTryAt, status, issueKey }: Ticket, { code }: AppError): boolean {
  const isStopped = nextTryAt === null && (issueKey !== null || status === 'failed');
  return reactionTo(code) === 'retry' && isStopped;
}

function openingOf(ticket: Ticket, error: AppError): string {
  const { step, issueKey, decision, correction, supplements } = ticket;
  const isFinal = reactionTo(error.code) === 'give_up' || hasEnded(ticket, error);
  if (issueKey !== null) {
    const isAnnounced = step === 'announced' || step === 'done';
    if (isAnnounced && decision === null && correction?.isTold !== false && supplements.length > 0) {
      return `${issueKey} still lacks a part of your ticket`;
    }
    if (decision !== null || isAnnounced) {
      const what = decision === null ? 'corrected type of' : 'decision on';
      return `The ${what} ${issueKey} could not be passed on${isFinal ? '' : ' yet'}`;
    }
    return `${issueKey} is created, but ${isFinal ? 'could not be announced' : 'not announced yet'}`;
  }
  if (step === 'unconfirmed') return 'It is not certain whether your ticket is in Jira';
  if (step === 'creating') {
    return isFinal
      ? 'Your ticket may be in Jira already; look there before you send it again'
      : 'Your ticket is saved, and it is not certain yet whether Jira has it';
  }
  return isFinal ? 'Your ticket could not be created' : 'Your ticket is saved, but not created yet';
}

function helpFor(ticket: Ticket, error: AppError): string {
  const { step, issueKey } = ticket;
  if (hasEnded(ticket, error)) return issueKey === null ? stuckAdvice : madeAdvice;
  const pause = longPause(error);
  if (pause !== null) {
    const sooner = 'the person whose desktop runs AI Ticket Agent can try it sooner in its window.';
    return `It goes on by itself ${pause}; ${sooner}`;
  }
  if (issueKey !== null) return adviceOn(error, existingAdvice);
  if (step === 'unconfirmed') return stuckAdvice;
  return adviceOn(error, step === 'creating' ? maybeAdvice : savedAdvice);
}

/** A wait that nobody would call a moment, in milliseconds. */
const longWaitMs = 60_000;

/** When a pause that was asked for is over, in each reader's own time; null where it is for a moment, or there is none. */
function longPause({ code, retryAfterMs = 0 }: AppError): string | null {
  if (code !== 'rate_limited' || retryAfterMs < longWaitMs) return null;
  return slackDate(new Date(Date.now() + retryAfterMs).toISOString());
}

const mostNamed = 8;

/** Asks who asked for what is missing, with a button that opens a form. */
export function missingFields(ticket: Ticket, names: readonly string[]): SlackMessage {
  const listed = names.slice(0, mostNamed).map((name) => `*${foreign(name.slice(0, 100))}*`);
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  const what =
    listed.length === 0 ? 'A few fields are' : `${listed.join(', ')}${more} ${names.length === 1 ? 'is' : 'are'}`;
  const message = quoting(
    `Your ticket is saved. ${what} missing before it can go to Jira; you need not type anything again.`,
    ticket.summary,
  );
  const button: Button = {
    type: 'button',
    action_id: actionIds.complete,
    style: 'primary',
    text: { type: 'plain_text', text: names.length === 1 ? 'Fill in the missing field' : 'Fill in the missing fields' },
    value: encodeCompleteValue(ticket),
  };
  return { ...message, blocks: [...message.blocks, { type: 'actions', block_id: 'complete', elements: [button] }] };
}

/** Why a ticket is not made or announced (yet), or what people said of it not passed on, to who asked for it. */
export function notCreated(ticket: Ticket, error: AppError): SlackMessage {
  const words = `${openingOf(ticket, error)}: ${wordsAbout(ticket, error)} ${helpFor(ticket, error)}`;
  return quoting(words, ticket.summary);
}

/** Answer to a key of a project whose issues are shown. */
export function statusNotFound(key: string): string {
  return `There is no ticket ${key}, or this desktop's Jira account may not see it. ${advice.not_found}`;
}

/** Answer to the key of a ticket that was made here. */
export function statusDeleted(key: string): string {
  return `${key} was deleted in Jira. If it is still needed, send it again with \`/ticket\`.`;
}

/** Answer to a key of another project: the same words whether there is such an issue or not. */
export function statusNotShown(key: string, projects: readonly string[]): string {
  const names = `${projects.length === 1 ? 'the project' : 'the projects'} ${projects.join(', ')}`;
  const shown = projects.length === 0 ? 'those issues' : `issues of ${names}, and those`;
  return (
    `There is nothing to show for ${key}: \`/ticket_status\` shows ${shown} that AI Ticket Agent made. ` +
    'The person whose desktop runs it can add projects in its Settings, under “More projects for /ticket_status”.'
  );
}

const longestHost = 100;

/** Answer to a pasted address that is not of the Jira that this program works with. */
export function otherSite(host: string): string {
  const name = host.length > longestHost ? `${host.slice(0, longestHost)}…` : host;
  return `That is an address of another site, \`${inCode(name)}\`. AI Ticket Agent only knows tickets of the Jira that it is connected to.`;
}

/** Who does what about a status that could not be read: nothing is tried again by itself, and the command was right. */
const statusAdvice: Partial<Record<ErrorCode, string>> = {
  invalid_input:
    'The command is right: tell the person whose desktop runs AI Ticket Agent, and send it again once that is seen to.',
  not_configured:
    'The person whose desktop runs AI Ticket Agent has to complete its Settings; then send the command again.',
  unauthorized:
    'The person whose desktop runs AI Ticket Agent has to see to that, and then to test Jira in its Settings; then send the command again.',
  forbidden: 'A Jira administrator has to allow that; then send the command again.',
  bad_response:
    'Ask again in a moment; if it stays, the person whose desktop runs AI Ticket Agent has to check the address of Jira in its Settings.',
};

/** Says that a status could not be read; `key` is null where a number was given and the project is not known. */
export function statusFailed(key: string | null, error: AppError): string {
  const { code } = error;
  const again = `Ask again ${longPause(error) ?? 'in a moment'}.`;
  const help = statusAdvice[code] ?? (reactionTo(code) === 'retry' ? again : advice[code]);
  return `The status${key === null ? '' : ` of ${key}`} could not be read: ${wordsOf(error)} ${help}`;
}

/** Answer to a second click, or a click after a decision. */
export function alreadyDecided(ticket: Ticket): string {
  const { decision, issueKey } = ticket;
  return decision === null
    ? `${issueKey} is already decided.`
    : `${issueKey} was already ${decision.status} by <@${decision.by}>. Nothing has changed.`;
}

/** Answer to a click that could not be recorded. */
export function notDecided(error: AppError): string {
  return `Your decision was *not* recorded: ${wordsOf(error)} ${adviceOn(error, clickAdvice)}`;
}

/** Answer to whoever corrected a label. */
export function relabelled({ issueKey, classification }: Ticket): string {
  return `Thank you: ${issueKey} counts as *${classification?.label}* now. Jira and the message follow, and the classifier learns from it.`;
}

/** Answer to a correction that could not be stored. */
export function notRelabelled(error: AppError): string {
  return `The type was *not* changed: ${wordsOf(error)} ${adviceOn(error, clickAdvice)}`;
}

/** Answer to somebody of another workspace, in a channel shared by Slack Connect. */
export const mayNotDecide =
  'Thank you, but only people of the workspace that this app belongs to may approve or reject tickets, or change their type. Please ask one of them. Nothing has changed.';

export const unknownButton = 'This button is not one of this app’s, or it is too old. Nothing has changed.';
export const originalUnknown =
  'The desktop that took your click does not have the first ticket’s text. Please send the command again, with one word changed.';

type Whereabouts = Pick<Ticket, 'issueKey' | 'issueUrl'> & Partial<Pick<Ticket, 'status' | 'step' | 'error' | 'user'>>;

function whereabouts({ issueKey, issueUrl, status, step, error, user = '' }: Whereabouts): string {
  if (issueKey !== null) return `it is ${link(issueUrl, issueKey)}`;
  if (status === 'failed') {
    return 'it could not be filed yet; the person whose desktop runs AI Ticket Agent sees it';
  }
  if (step === 'needs_fields') return `it waits for a few fields from ${user === '' ? 'who asked' : `<@${user}>`}`;
  return (error ?? null) === null ? 'it is being created right now' : 'it is saved and goes on by itself';
}

/** Answer to a second click on File anyway. */
export function filedAlready(ticket: Ticket): string {
  return `${ticket.issueKey === null ? 'It was sent already' : 'It is filed already'}: ${whereabouts(ticket)}.`;
}

/** Message to the person who was named as the owner of a desktop. */
export function ownerCode(code: string): string {
  return [
    `*${code}* is your code for AI Ticket Agent.`,
    'Somebody at a desktop named your Slack account there, so that tickets approved or rejected on that desktop carry your name.',
    'If that was you, enter the code in its Settings within 10 minutes. If it was not you, ignore this message: without the code nothing happens.',
  ].join('\n');
}

/** Answer to the same words from the same person moments later: the first ticket, and a way to mean it. */
export function duplicateOf(first: Ticket): SlackMessage {
  return withFileAnyway(`You sent this ticket a moment ago; ${whereabouts(first)}.`, first.requestId);
}

function withFileAnyway(text: string, value: string): SlackMessage {
  return {
    text,
    blocks: [
      section(text),
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: actionIds.fileAnyway, text: { type: 'plain_text', text: 'File anyway' }, value },
        ],
      },
    ],
  };
}

/** Answer to whoever asks for a ticket of a message that has one: that one, and a way to mean another. */
export function messageHasTicket(ticket: Whereabouts, again: AgainValue): SlackMessage {
  const failure = ticket.status === 'failed' ? ticket.error : null;
  const text =
    failure === null || failure === undefined || ticket.issueKey !== null
      ? `That message has a ticket already; ${whereabouts(ticket)}.`
      : `A ticket of that message was asked for before: ${wordsOf(failure)}`;
  return withFileAnyway(text, encodeAgain(again));
}

/** The message that was to become a ticket could not be read. */
export function notRead(ticket: Ticket, error: AppError, botName: string): SlackMessage {
  const code = slackCodeOf(error);
  const isOutside = code === 'not_in_channel' || code === 'channel_not_found';
  const isUseless = code === null && (error.code === 'not_found' || error.code === 'invalid_input');
  const byMenu = 'To file it all the same, open the message’s own menu (⋮) and choose “File as a ticket”.';
  const next =
    isOutside && !isBetweenPeople(ticket)
      ? `Type \`/invite @${inCode(botName)}\` in its channel, then try again.`
      : isUseless
        ? 'If it is needed all the same, use `/ticket` and say what happened.'
        : byMenu;
  const text = `No ticket was made of that message, because it could not be read: ${wordsAbout(ticket, error)} ${next}`;
  return { text, blocks: [section(text)] };
}

/** Answer to a direct message that says nothing. */
export const directUsage = [
  '*Create a ticket:* write me what happened, in your own words.',
  'The first line becomes the summary, everything becomes the description.',
  'For example: `The VPN drops every ten minutes since this morning`',
].join('\n');

/** Answer to a mention that says nothing. */
export function mentionUsage(botName: string): string {
  return [
    '*Create a ticket:* mention me with what happened, in your own words.',
    'In a thread, mention me and its first message becomes the ticket.',
    `For example: \`@${inCode(botName)} The VPN drops every ten minutes since this morning\``,
  ].join('\n');
}

/** Answer to whoever points at a message of ours. */
export const ownMessage = 'That is a message of this app, so no ticket was made of it.';

/** Put below an announcement that only the requester sees, because the channel is set so. */
export function onlyYouByRule({ channel }: Ticket): string {
  return `Only you can see this, as it is set for tickets from <#${channel}>.`;
}

/**
 * Put below an announcement that only the requester sees.
 *
 * @param refusal Why the channel does not get it; null where Slack did not say what became of it.
 */
export function onlyYou(ticket: Ticket, refusal: AppError | null, botName: string): string {
  const opening = 'Only you can see this:';
  if (refusal === null) return `${opening} it may be in <#${ticket.channel}> too, but Slack did not say so.`;
  if (isBetweenPeople(ticket)) {
    return `${opening} apps cannot post into a conversation between people.`;
  }
  const code = slackCodeOf(refusal);
  return code === 'not_in_channel' || code === 'channel_not_found'
    ? `${opening} the app is not in <#${ticket.channel}>. Type \`/invite @${inCode(botName)}\` there, and the next tickets appear for everybody.`
    : `${opening} ${wordsOf(refusal)}`;
}
