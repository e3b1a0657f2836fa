import { z } from 'zod';
import { withoutBidiControls } from '../../../shared/bidi.ts';
import { lengthOfWords } from '../../rich-text/beginning.ts';
import type { RichText } from '../../rich-text/rich-text.ts';
import { readAdf } from '../texts/read-adf.ts';
import { readWiki } from '../texts/read-wiki.ts';
import { createAttachments } from './attachments.ts';
import {
  accountSchema,
  type IssueAnswer,
  issueSchema,
  propertyValueSchema,
  read,
  selfSchema,
  serverInfoSchema,
  transitionsSchema,
} from './cloud-answers.ts';
import { createComments } from './comments.ts';
import { type JiraApi, type NewIssue, type StoredIssue, ticketAgentMark } from './jira-api.ts';
import type { JiraTransport } from './jira-client.ts';
import { isUnreadable } from './refusal.ts';

const descriptionSchema = z.object({ fields: z.object({ description: z.unknown().optional() }) });

type Alike =
  | 'getProperty'
  | 'setProperty'
  | 'deleteIssue'
  | 'closingTransitions'
  | 'transition'
  | 'addLabel'
  | 'setIssueType'
  | 'lengthOf'
  | 'descriptionOf'
  | 'addComment'
  | 'findComment'
  | 'attach'
  | 'attachmentRules'
  | 'attachmentNames'
  | 'ownAccount'
  | 'checkLogin'
  | 'ownUrl';

export interface RestApi extends Pick<JiraApi, Alike> {
  readIssue(key: string): Promise<IssueAnswer>;
  /** Texts as fields take them, by field id. */
  rendered(texts: NewIssue['texts']): Record<string, unknown>;
}

/** What both dialects ask in the same way. `render`: a text as fields and comments take it. */
export function createRestApi(transport: JiraTransport, render: (text: RichText) => unknown): RestApi {
  const { jira } = transport;
  /** Address as the server says it; null until it was asked. */
  let ownAddress: string | null = null;

  return {
    rendered: (texts) => Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, render(text)])),

    ...createComments(transport, render),
    ...createAttachments(jira),

    async lengthOf(text) {
      const rendered = render(text);
      return typeof rendered === 'string' ? rendered.length : lengthOfWords(readAdf(rendered));
    },

    async descriptionOf(issueIdOrKey) {
      const answer = await jira.issues.getIssue({ issueIdOrKey, fields: ['description'] });
      const { description } = read(descriptionSchema, answer, 'a description').fields;
      return typeof description === 'string' ? readWiki(description) : readAdf(description);
    },

    async readIssue(issueIdOrKey) {
      const answer = await jira.issues.getIssue({
        issueIdOrKey,
        fields: [...viewFields],
        properties: [ticketAgentMark],
      });
      return read(issueSchema, answer, 'an issue');
    },

    async getProperty(issueIdOrKey) {
      try {
        const answer = await jira.issueProperties.getIssueProperty({ issueIdOrKey, propertyKey: ticketAgentMark });
        return read(propertyValueSchema, answer, 'a property').value;
      } catch (thrown) {
        if (isUnreadable(thrown)) return undefined;
        throw thrown;
      }
    },

    async setProperty(issueIdOrKey, body) {
      await jira.issueProperties.setIssueProperty({ issueIdOrKey, propertyKey: ticketAgentMark, body });
    },

    async deleteIssue(issueIdOrKey) {
      await jira.issues.deleteIssue({ issueIdOrKey });
    },

    async closingTransitions(issueIdOrKey) {
      const answer = await jira.issues.getTransitions({ issueIdOrKey });
      const { transitions } = read(transitionsSchema, answer, 'transitions');
      return transitions.filter(({ to }) => to?.statusCategory?.key === 'done').map(({ id }) => id);
    },

    async transition(issueIdOrKey, id) {
      await jira.issues.doTransition({ issueIdOrKey, transition: { id } });
    },

    async addLabel(issueIdOrKey, label) {
      await jira.issues.editIssue({ issueIdOrKey, update: { labels: [{ add: label }] } });
    },

    async setIssueType(issueIdOrKey, id) {
      await jira.issues.editIssue({ issueIdOrKey, fields: { issuetype: { id } } });
    },

    async ownAccount() {
      const { accountId, name } = read(accountSchema, await jira.myself.getCurrentUser(), 'the account');
      if (accountId !== undefined) return { accountId };
      return name === undefined ? null : { name };
    },

    async checkLogin() {
      return read(selfSchema, await jira.myself.getCurrentUser(), 'the account').displayName ?? null;
    },

    async ownUrl() {
      if (ownAddress !== null) return ownAddress;
      const info = read(serverInfoSchema, await jira.serverInfo.getServerInfo(), 'server information');
      const { origin, pathname } = new URL(info.baseUrl);
      ownAddress = `${origin}${pathname}`.replace(/(?<!\/)\/+$/, '');
      return ownAddress;
    },
  };
}

/** Fields that are read of an issue. */
export const viewFields: readonly string[] = [
  'summary',
  'issuetype',
  'status',
  'assignee',
  'labels',
  'created',
  'updated',
];

export function toStored({ id, key, fields, properties }: z.infer<typeof issueSchema>): StoredIssue {
  return {
    id,
    key,
    summary: calm(fields.summary) ?? '',
    issueType: fields.issuetype.name,
    issueTypeId: fields.issuetype.id,
    status: calm(fields.status?.name),
    assignee: calm(fields.assignee?.displayName),
    labels: fields.labels,
    created: fields.created ?? null,
    updated: fields.updated ?? null,
    property: properties?.[ticketAgentMark],
  };
}

/** Somebody's words as they may stand beside ours. */
function calm(words: string | null | undefined): string | null {
  return words === null || words === undefined ? null : withoutBidiControls(words);
}
