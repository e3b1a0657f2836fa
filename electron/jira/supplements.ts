import type { Supplement } from '../../shared/ticket.ts';
import { firstLineWithWords } from '../rich-text/first-line.ts';
import { printable } from '../rich-text/printable.ts';
import type { RichText } from '../rich-text/rich-text.ts';
import type { IssueDraft, IssueTracker } from '../tickets/ports/issue-tracker.ts';
import { checkKey } from './api/project-keys.ts';
import { lacksResource, noIssue, refusalOf, reworded } from './api/refusal.ts';
import { hasOrigin } from './description.ts';
import { fileOfRequest, fitDescription } from './fit-description.ts';
import { buildProperty } from './issue-fields.ts';
import { markedLate, requestIdIn } from './marks/ticket-property.ts';
import type { CreateIssueDeps } from './plan-issue.ts';
import { leastLimit, type ShorterText, shorterText } from './text-limit.ts';

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
    try {
      await api.setProperty(key, markedLate({ ...buildProperty(draft), ...known }));
    } catch (thrown) {
      if (!lacksResource(thrown)) throw thrown;
      // On a server without properties there is nothing that anybody can do; without the issue there is.
      await api.getIssue(key);
    }
    return [];
  }

  async function addComment(key: string, draft: IssueDraft): Promise<Supplement[]> {
    let { text, isCut } = await fitDescription(draft, limit.known(), api);
    const firstLine = firstLineWithWords(text);
    const due = () => (isCut ? (['rest'] satisfies Supplement[]) : []);
    if (await api.hasComment(key, draft.requestId, firstLine)) return due();
    const description = await api.descriptionOf(key);
    // People may have written above it meanwhile.
    if (firstLineWithWords(description) === firstLine || hasOrigin(description, draft)) return [];
    let namedLimit: number | null = null;
    for (let tries = 1; ; tries += 1) {
      try {
        await api.addComment(key, text, { requestId: draft.requestId });
        if (namedLimit !== null) limit.learn(namedLimit);
        return due();
      } catch (thrown) {
        const shorter = tries < mostTries ? await shorterThan(text, thrown) : null;
        if (shorter === null || (shorter.isGuess && tries > 1)) throw thrown;
        if (shorter.isNamed) namedLimit = shorter.most;
        ({ text, isCut } = await fitDescription(draft, shorter.most, api));
      }
    }
  }

  /** How much shorter a comment may be that Jira refused; null where that was not for its length. */
  async function shorterThan(text: RichText, thrown: unknown): Promise<ShorterText | null> {
    const refusal = refusalOf(thrown);
    return refusal === null ? null : shorterText(refusal, { field: 'comment', length: await api.lengthOf(text) });
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
