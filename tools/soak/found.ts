import { ticketAgentMark } from '../../electron/jira/api/jira-api.ts';
import { requestIdIn } from '../../electron/jira/marks/ticket-property.ts';
import { actionIds } from '../../electron/slack/blocks.ts';
import { decodeButtonValue } from '../../electron/slack/button-value.ts';
import type { JiraSite } from '../../stand-ins/jira/site.ts';
import type { SlackWorkspace } from '../../stand-ins/slack/workspace.ts';

/**
 * The issues that Jira has of the app's, and the request that each carries: in its property, or where it has none, the
 * beginning of its id in a label.
 */
export function filedRequests(jira: JiraSite): FiledRequest[] {
  return jira.issues.flatMap(({ key, properties, fields }) => {
    const labels = Array.isArray(fields['labels']) ? fields['labels'].map(String) : [];
    if (!(ticketAgentMark in properties) && !labels.includes(ticketAgentMark)) return [];
    const mark = labels.find((label) => label.startsWith(`${ticketAgentMark}-`));
    const idBegins = mark?.slice(ticketAgentMark.length + 1) ?? null;
    return [{ key, requestId: requestIdIn(properties[ticketAgentMark]), idBegins }];
  });
}

interface FiledRequest {
  key: string;
  requestId: string | null;
  /** The first digits of the request's id, where a label says them. */
  idBegins: string | null;
}

/**
 * The messages about tickets that people see in Slack, and the request that each carries: in its buttons, or where it is
 * decided in its metadata. `isPrivate`: only the requester sees it, and no app can look for it.
 */
export function announcedRequests(slack: SlackWorkspace): { requestId: string | null; isPrivate: boolean }[] {
  return slack.messages().flatMap(({ blocks, metadata, ephemeralTo, channel }) => {
    const approve = blocks
      .flatMap(({ elements }) => (Array.isArray(elements) ? elements : []))
      .find((element) => element?.action_id === actionIds.approve);
    const named = metadata?.event_payload['request_id'];
    if (approve === undefined && typeof named !== 'string') return [];
    const isDirect = slack.channels.some(({ id, imUser }) => id === channel && imUser !== null);
    const requestId = decodeButtonValue(approve?.value)?.request ?? (typeof named === 'string' ? named : null);
    return [{ requestId, isPrivate: ephemeralTo !== null || isDirect }];
  });
}

/**
 * The texts that tell one person alone that a ticket is not made and will not be by itself. The first line begins with
 * the outcome, up to a colon; "yet" stands in those of what goes on by itself. The ticket's summary is quoted below.
 */
export function finalWords(slack: SlackWorkspace): string[] {
  const isAlone = (channel: string) => slack.channels.some(({ id, imUser }) => id === channel && imUser !== null);
  return slack
    .messages()
    .filter(({ via, channel, ephemeralTo }) => via !== 'ack' && (ephemeralTo !== null || isAlone(channel)))
    .map(({ text }) => text)
    .filter((text) => text.includes('\n>') && !/\byet\b/.test(text.split(':')[0] ?? ''));
}
