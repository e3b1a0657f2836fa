import type { Button, HomeView, KnownBlock } from '@slack/types';
import type { Ticket } from '../../shared/ticket.ts';
import { actionIds, context, section } from './blocks.ts';
import { foreign, link } from './foreign-text.ts';
import { encodeCompleteValue } from './modal/complete-value.ts';
import { formIds } from './modal/form-view.ts';

/** Home of a person: a button for a new ticket, what waits for this person, and their other open tickets. */
export function homeView(tickets: readonly Ticket[]): HomeView {
  const waiting = tickets.filter(({ step }) => step === 'needs_fields');
  const others = tickets.filter(({ step }) => step !== 'needs_fields');
  return {
    type: 'home',
    blocks: [
      { type: 'actions', block_id: 'new', elements: [button('New ticket', formIds.new)] },
      ...(waiting.length === 0 ? [] : [heading('Waiting for you'), ...waiting.flatMap(waitingBlocks)]),
      heading('My open tickets'),
      ...(others.length === 0 ? [section('None just now.')] : others.map(ticketBlock)),
      context('This desktop of AI Ticket Agent shows the tickets that it knows, newest first, 20 at most.'),
    ],
  };
}

const heading = (text: string): KnownBlock => ({ type: 'header', text: { type: 'plain_text', text } });

function button(text: string, action_id: string, value?: string): Button {
  return {
    type: 'button',
    action_id,
    style: 'primary',
    text: { type: 'plain_text', text },
    ...(value === undefined ? {} : { value }),
  };
}

function waitingBlocks(ticket: Ticket): KnownBlock[] {
  return [
    section(`${foreign(ticket.summary)}\nFields are missing before it can go to Jira.`),
    {
      type: 'actions',
      elements: [button('Fill in the missing fields', actionIds.complete, encodeCompleteValue(ticket))],
    },
  ];
}

function ticketBlock(ticket: Ticket): KnownBlock {
  const { issueKey, issueUrl, summary } = ticket;
  const key = issueKey === null ? '' : `*${link(issueUrl, issueKey)}*  `;
  return section(`${key}${foreign(summary)}\n${standing(ticket)}`);
}

/** How a ticket stands, in words for who asked. */
function standing({ step, status, error, issueKey, issueType }: Ticket): string {
  const type = issueType === null ? '' : `${foreign(issueType)}, `;
  if (status === 'failed') return 'It could not be created yet; the person whose desktop runs AI Ticket Agent sees it';
  if (issueKey === null)
    return error === null ? 'It is being created' : 'It is saved, and created as soon as that works';
  return `${type}${step === 'announced' ? 'waiting for approval' : 'it is being announced'}`;
}
