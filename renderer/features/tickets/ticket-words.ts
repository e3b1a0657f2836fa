import { isolated } from '../../../shared/bidi.ts';
import { type Label, labels } from '../../../shared/labels.ts';
import { placeWords } from '../../../shared/places.ts';
import type { Classification } from '../../../shared/ticket.ts';
import type { TicketView } from '../../../shared/ticket-list.ts';
import { fileSize } from '../../components/figures.ts';
import { longTime } from '../../components/time.tsx';

/** Who chose the type: "gemma.gguf on this machine". */
export function classifierWords({ source, model }: Classification, origin: TicketView['origin']): string {
  if (origin === 'jira') return 'read from the issue in Jira';
  switch (source) {
    case 'gguf':
      return `${isolated(model ?? 'a GGUF model')} on this machine`;
    case 'openai':
      return model === null ? 'OpenAI' : `OpenAI (${isolated(model)})`;
    case 'builtin':
      return 'the built-in model';
    case 'none':
      return 'nobody: no model could answer, so it counts as a Task';
    case 'person':
      return 'who asked';
  }
}

/** The two likeliest labels with their probabilities, likeliest first; empty where the source gives none. */
export function topTwo({ probabilities }: Classification): { label: Label; share: number }[] {
  if (probabilities === null) return [];
  return labels
    .map((label) => ({ label, share: probabilities[label] }))
    .sort((one, other) => other.share - one.share)
    .slice(0, 2);
}

/** Who has what of the ticket's text. */
export function textDestinations(ticket: TicketView): [who: string, what: string][] {
  return [
    ['Jira', inJira(ticket)],
    ['Slack', inSlack(ticket)],
    ['OpenAI', inOpenAi(ticket)],
  ];
}

function inJira({ issueKey, step }: TicketView): string {
  if (issueKey !== null) return `The whole text, in ${issueKey}`;
  return mayBeInJira(step) ? 'Perhaps the whole text: its answer is missing' : 'Nothing';
}

function inSlack({ announcement, channelName, channel, origin }: TicketView): string {
  if (origin === 'jira') return 'Whatever its requester typed there';
  switch (announcement?.via) {
    case undefined:
      return 'What the requester typed; nothing was posted';
    case 'response_url':
      return 'The summary, to the requester alone';
    case 'direct':
      return 'The summary, in a direct message';
    case 'channel':
      return `The summary, in ${placeWords({ channel, channelName }) ?? 'the channel'}`;
  }
}

function inOpenAi({ classification, origin }: TicketView): string {
  if (origin !== 'desk') return 'Not known here: another desktop classified it';
  const cloud = classification?.cloud;
  if (cloud === undefined) return 'Nothing';
  const answered = classification?.source === 'openai' ? '' : '; it gave no answer';
  return `${fileSize(cloud.bytes)} of the text, to ${isolated(cloud.model)}, ${longTime(cloud.at)}${answered}`;
}

/** Why there is no text to show. */
export function missingText({ origin }: TicketView): string {
  if (origin === 'click') return 'This desktop only took the click; it does not have the text.';
  if (origin === 'jira') return 'Loaded from Jira; the text is in the issue.';
  return 'The text was removed, as Settings say for finished tickets.';
}

/** Whether a person may approve or reject it: the issue is there and nobody has decided. */
export function isDecidable({
  issueKey,
  status,
  step,
  origin,
}: Pick<TicketView, 'issueKey' | 'status' | 'step' | 'origin'>): boolean {
  return issueKey !== null && status === 'created' && (step !== 'created' || origin !== 'desk');
}

/** Whether its summary, type and project may still change: nothing of it can be in Jira yet. */
export function isEditable({ issueKey, step }: Pick<TicketView, 'issueKey' | 'step'>): boolean {
  return issueKey === null && !mayBeInJira(step);
}

/** Whether an issue without a key may exist all the same, because Jira's answer to its creation is missing. */
export function mayBeInJira(step: TicketView['step']): boolean {
  return step === 'creating' || step === 'unconfirmed';
}

/** Whether an error keeps it, until a person acts or until its next try, or it waits for who asked. */
export function isStopped({ needsAttention, nextTryAt, step }: Stop): boolean {
  return needsAttention || step === 'needs_fields' || (nextTryAt !== null && step !== 'done');
}

/** Whether a person may cut its waiting short: not a pause for which the other side asked. */
export function isRetryable(ticket: Stop): boolean {
  return isStopped(ticket) && (ticket.needsAttention || ticket.error?.code !== 'rate_limited');
}

type Stop = Pick<TicketView, 'needsAttention' | 'nextTryAt' | 'step' | 'error'>;
