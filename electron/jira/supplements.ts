import type { Supplement } from '../../shared/ticket.ts';
import { firstLineWithWords } from '../rich-text/first-line.ts';
import type { RichText } from '../rich-text/rich-text.ts';
import type { IssueDraft, IssueTracker } from '../tickets/ports/issue-tracker.ts';
import { printable } from './description.ts';
import { fileOfRequest, fitDescription, leastLimit, shorterLimit } from './fit-description.ts';
import { buildProperty } from './issue-fields.ts';
import type { CreateIssueDeps } from './plan-issue.ts';
import { checkKey } from './project-keys.ts';
import { noIssue, refusalOf, reworded } from './refusal.ts';
import { markedLate, requestIdIn } from './ticket-property.ts';

/** Times that a comment is sent, each shorter, to a Jira that says it is too long. */
const mostTries = 4;

/** What the create of an issue could not take along, each looked for first, so that nothing is there twice. */
export function createSupplements({
  api,
  limit,
}: Pick<CreateIssueDeps, 'api' | 'limit'>): Pick<IssueTracker, 'supplement'> {
  async function addProperty(key: string, draft: IssueDraft): Promise<Supplement[]> {
    const there = await api.getProperty(key);
    const known = typeof there === 'object' && there !== null ? there : {};
    const owner = requestIdIn(there);
    // A decision that was stored meanwhile has brought a part of it.
    if (owner !== null && (owner !== draft.requestId || 'createdBy' in known)) return [];
    await api.setProperty(key, markedLate({ ...buildProperty(draft), ...known }));
    return [];
  }

  async function addComment(key: string, draft: IssueDraft): Promise<Supplement[]> {
    let { text, isCut } = await fitDescription(draft, limit.known(), api);
    const firstLine = firstLineWithWords(text);
    const due = () => (isCut ? (['rest'] satisfies Supplement[]) : []);
    if (await api.hasComment(key, draft.requestId, firstLine)) return due();
    if (firstLineWithWords(await api.descriptionOf(key)) === firstLine) return [];
    for (let tries = 1; ; tries += 1) {
      try {
        await api.addComment(key, text, { requestId: draft.requestId });
        return due();
      } catch (thrown) {
        const shorter = tries < mostTries ? await shortened(thrown, text, draft) : null;
        if (shorter === null) throw thrown;
        [text, isCut] = [shorter, true];
      }
    }
  }

  /** A shorter comment, where Jira refused this one for its length; else null. */
  async function shortened(thrown: unknown, text: RichText, draft: IssueDraft): Promise<RichText | null> {
    const refusal = refusalOf(thrown);
    if (refusal === null) return null;
    const most = shorterLimit(refusal, { field: 'comment', length: await api.lengthOf(text), limit });
    return most === null ? null : (await fitDescription(draft, most, api)).text;
  }

  async function attachText(key: string, draft: IssueDraft): Promise<Supplement[]> {
    const name = fileOfRequest(draft.requestId);
    const { isCut } = await fitDescription(draft, limit.known(), api);
    if (!isCut && draft.text.length < leastLimit) return [];
    if ((await api.attachmentNames(key)).includes(name)) return [];
    if (!isCut && !namesFile(await api.descriptionOf(key), name)) return [];
    await api.attach(key, { name, content: printable(draft.text) });
    return [];
  }

  return {
    async supplement(key, part, draft) {
      checkKey(key);
      const add = { property: addProperty, description: addComment, rest: attachText }[part];
      return reworded(add(key, draft), { not_found: noIssue(key) });
    },
  };
}

/** Whether a description that was cut says that the rest is in this file. */
function namesFile(description: RichText, name: string): boolean {
  return JSON.stringify(description).includes(name);
}
