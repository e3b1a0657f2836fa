import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { firstLineWithWords } from '../../rich-text/first-line.ts';
import type { RichText } from '../../rich-text/rich-text.ts';
import { readAdf } from '../texts/read-adf.ts';
import { readWiki } from '../texts/read-wiki.ts';
import { accountSchema, commentPageSchema, propertyValueSchema, read } from './cloud-answers.ts';
import { type JiraApi, ticketAgentMark } from './jira-api.ts';
import type { JiraClient } from './jira-client.ts';
import { isUnreadable, refusesProperties } from './refusal.ts';
import { namesFile } from './request-file.ts';

/** A comment with the issue's text is among its first ones. */
const mostComments = 100;

type Comment = z.infer<typeof commentPageSchema>['comments'][number];

/** Comments that are known again by our property on them. `render`: the text as this dialect's comments take it. */
export function createComments(
  { client, jira }: { client: Client; jira: JiraClient },
  render: (text: RichText) => unknown,
): Pick<JiraApi, 'addComment' | 'findComment'> {
  /** Whether the server takes a comment with properties at all. */
  let takesProperties = true;

  /** Request that the comment belongs to; null where it does not say. */
  async function ownerOf({ id: commentId, properties }: Comment): Promise<string | null> {
    if (properties !== undefined) return ownerIn(properties.find(({ key }) => key === ticketAgentMark)?.value);
    try {
      const answer = await jira.issueCommentProperties.getCommentProperty({ commentId, propertyKey: ticketAgentMark });
      return ownerIn(read(propertyValueSchema, answer, 'a property').value);
    } catch (thrown) {
      if (isUnreadable(thrown)) return null;
      throw thrown;
    }
  }

  return {
    async addComment(key, body, { requestId }) {
      const properties = [{ key: ticketAgentMark, value: { requestId } }];
      // jira.js drops the property of a comment whose body is a string.
      const send = (more: object) =>
        client.sendRequest({
          url: `/rest/api/3/issue/${key}/comment`,
          method: 'POST',
          body: { body: render(body), ...more },
        });
      try {
        await send(takesProperties ? { properties } : {});
      } catch (thrown) {
        if (!takesProperties || !refusesProperties(thrown)) throw thrown;
        takesProperties = false;
        await send({});
      }
    },

    async findComment(issueIdOrKey, requestId, firstLine) {
      const page = { issueIdOrKey, orderBy: 'created', expand: 'properties', maxResults: mostComments };
      const { comments } = read(commentPageSchema, await jira.issueComments.getComments(page), 'comments');
      const unmarked: Comment[] = [];
      for (const comment of comments) {
        const owner = await ownerOf(comment);
        if (owner === requestId) return textOf(comment);
        if (owner === null) unmarked.push(comment);
      }
      const wanted = wordsOf(firstLine ?? '');
      const alike = unmarked.filter((comment) => {
        const text = textOf(comment);
        // Of a text that was cut, its first line may be cut, too.
        return namesFile(text, requestId) || (wanted !== '' && wordsOf(firstLineWithWords(text)) === wanted);
      });
      if (alike.length === 0) return null;
      const self = read(accountSchema, await jira.myself.getCurrentUser(), 'the account');
      const ours = alike.find(({ author }) => isSame(author, self));
      return ours === undefined ? null : textOf(ours);
    },
  };
}

function ownerIn(value: unknown): string | null {
  return z.object({ requestId: z.string() }).safeParse(value).data?.requestId ?? null;
}

function isSame(one: Comment['author'], other: z.infer<typeof accountSchema>): boolean {
  if (one === null || one === undefined) return false;
  const ids = [one.accountId ?? one.name, other.accountId ?? other.name];
  return ids[0] !== undefined && ids[0] === ids[1];
}

function textOf({ body }: Comment): RichText {
  return typeof body === 'string' ? readWiki(body) : readAdf(body);
}

/** Letters and digits alone: what a server makes of marks, blanks and escapes differs. */
function wordsOf(line: string): string {
  return line.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
