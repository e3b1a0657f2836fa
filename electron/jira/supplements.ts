import { toAppError } from '../../shared/errors.ts';
import type { TextSupplement } from '../../shared/ticket.ts';
import { firstLineWithWords } from '../rich-text/first-line.ts';
import { printable } from '../rich-text/printable.ts';
import type { RichText } from '../rich-text/rich-text.ts';
import type { IssueDraft, IssueTracker } from '../tickets/ports/issue-tracker.ts';
import { checkKey } from './api/project-keys.ts';
import { lacksResource, noIssue, refusalOf, reworded } from './api/refusal.ts';
import { fileOfRequest, namesFile } from './api/request-file.ts';
import { attachFiles } from './attach-files.ts';
import { hasOrigin } from './description.ts';
import { fitDescription } from './fit-description.ts';
import { buildProperty } from './issue-fields.ts';
import { markedLate, requestIdIn } from './marks/ticket-property.ts';
import type { CreateIssueDeps } from './plan-issue.ts';
import { firstText, shortened } from './shorten-text.ts';
import { leastLimit } from './text-limit.ts';

const noFiles = (key: string) =>
  `Jira takes no file on ${key}: attachments are switched off there, or this account may not add any.`;

/** Times that a comment is sent, each shorter, to a Jira that says it is too long. */
const mostTries = 4;

/** What the create of an issue could not take along, each looked for first, so that nothing is there twice. */
export function createSupplements({
  api,
  limit,
}: Pick<CreateIssueDeps, 'api' | 'limit'>): Pick<IssueTracker, 'supplement' | 'attachFiles'> {
  async function addProperty(key: string, draft: IssueDraft): Promise<TextSupplement[]> {
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

  async function addComment(key: string, draft: IssueDraft): Promise<TextSupplement[]> {
    let tried = await firstText(draft, limit.known(), api);
    const firstLine = firstLineWithWords(tried.text);
    const there = await api.findComment(key, draft.requestId, firstLine);
    // By what it says: how much Jira took of it may not be known any more.
    if (there !== null) return namesFile(there, draft.requestId) ? ['rest'] : [];
    const description = await api.descriptionOf(key);
    // People may have written above it meanwhile.
    if (firstLineWithWords(description) === firstLine || hasOrigin(description, draft)) return [];
    for (let tries = 1; ; tries += 1) {
      try {
        await api.addComment(key, tried.text, { requestId: draft.requestId });
        if (tried.namedLimit !== null) limit.learn(tried.namedLimit);
        return tried.isCut ? ['rest'] : [];
      } catch (thrown) {
        const refusal = tries < mostTries ? refusalOf(thrown) : null;
        const next = refusal && (await shortened(refusal, { tried, field: 'comment', draft }, api));
        if (next === null) throw thrown;
        tried = next;
      }
    }
  }

  async function attachText(key: string, draft: IssueDraft): Promise<TextSupplement[]> {
    const name = fileOfRequest(draft.requestId);
    const { text, isCut } = await fitDescription(draft, limit.known(), api);
    if (!isCut && draft.text.length < leastLimit) return [];
    if ((await api.attachmentNames(key)).includes(name)) return [];
    if (!isCut && !(await isCutThere(key, text, draft))) return [];
    // The issue itself was just read, so it is not what is missing.
    await reworded(api.attach(key, { name, content: printable(draft.text) }), { not_found: noFiles(key) });
    return [];
  }

  /** Whether the description or the comment says that the rest is in a file, whatever limit they were cut to. */
  async function isCutThere(key: string, whole: RichText, draft: IssueDraft): Promise<boolean> {
    if (namesFile(await api.descriptionOf(key), draft.requestId)) return true;
    const comment = await api.findComment(key, draft.requestId, firstLineWithWords(whole));
    return comment !== null && namesFile(comment, draft.requestId);
  }

  /** Throws what the work throws; that it is the issue which is missing where that is so. */
  async function unlessGone<T>(key: string, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (thrown) {
      if (toAppError(thrown).code !== 'not_found') throw thrown;
      // Only the issue itself says whether it is what is missing.
      const seen = await reworded(api.getIssue(key), { not_found: noIssue(key) }).then(() => null, toAppError);
      throw seen?.code === 'not_found' ? seen : thrown;
    }
  }

  return {
    async supplement(key, part, draft) {
      checkKey(key);
      const add = { property: addProperty, description: addComment, rest: attachText }[part];
      return unlessGone(key, add(key, draft));
    },
    async attachFiles(key, draft) {
      checkKey(key);
      return unlessGone(key, attachFiles(api, key, draft));
    },
  };
}
