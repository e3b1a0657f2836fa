import { folded, isSameType } from '../../shared/issue-type-names.ts';
import type { IssuePlace, IssueTracker } from '../tickets/ports/issue-tracker.ts';
import type { JiraApi, StoredIssue } from './api/jira-api.ts';
import { issuePage } from './api/links.ts';
import { checkKey, prefixOf } from './api/project-keys.ts';
import { noIssue, refusalOf, refusalWords, reworded } from './api/refusal.ts';
import type { CreateMeta } from './fields/create-meta.ts';
import { chooseIssueType, keptTypeNote } from './fields/issue-types.ts';
import type { MarkSeal } from './marks/mark-seal.ts';
import { marksIn, requestIdIn } from './marks/ticket-property.ts';
import { storeMarks } from './store-marks.ts';

export interface IssueMarksDeps {
  api: JiraApi;
  /** Proves what people said on an issue. */
  seal: MarkSeal;
  metaOf(project: string): CreateMeta;
}

/** Most issues that Jira reads at once. */
const bulkSize = 100;

/** What people decided and corrected, on the issues themselves. */
export function createIssueMarks({
  api,
  seal,
  metaOf,
}: IssueMarksDeps): Pick<IssueTracker, 'recordDecision' | 'marksAtOnce' | 'readMarks' | 'relabel'> {
  function store(key: string, ours: Parameters<typeof storeMarks>[2], what: 'decision' | 'correction') {
    const forbidden = `This account may not store the ${what} on ${key}: it needs the permission "Edit issues" there.`;
    const set = (value: Record<string, unknown>) =>
      reworded(api.setProperty(key, value), { not_found: noIssue(key), forbidden });
    return reworded(storeMarks({ api, seal }, key, ours, set), { not_found: noIssue(key) });
  }

  async function placeOf({ key, issueType }: StoredIssue): Promise<IssuePlace> {
    return { key, url: issuePage(await api.siteUrl(), key), issueType };
  }

  return {
    async recordDecision(key, { requestId, correction = null, ...decision }) {
      checkKey(key);
      const stands = await store(key, { requestId, decision, correction }, 'decision');
      return { decision: stands.decision ?? decision, place: await placeOf(stands.issue) };
    },

    marksAtOnce: api.readsAtOnce,

    async readMarks(asked) {
      for (const { key } of asked) checkKey(key);
      const found: Awaited<ReturnType<IssueTracker['readMarks']>> = new Map();
      for (let from = 0; seal.isReady() && from < asked.length; from += bulkSize) {
        const page = asked.slice(from, from + bulkSize);
        const issues = await api.readIssues(page.map(({ key }) => key));
        const moved = [...issues.values()].filter(({ key }) => page.every((each) => each.key !== key));
        for (const { key, requestId } of page) {
          // A moved issue comes under its new key. What says that it is another request's says nothing of this one.
          const issue = issues.get(key) ?? moved.find(({ property }) => requestIdIn(property) === requestId);
          const owner = issue === undefined ? null : requestIdIn(issue.property);
          if (issue === undefined || (owner !== null && owner !== requestId)) continue;
          const marks = marksIn(issue.property, { requestId, issueId: issue.id }, seal);
          found.set(requestId, { marks, place: await placeOf(issue) });
        }
      }
      return found;
    },

    async relabel(key, { requestId, decision = null, ...correction }, labelToIssueType) {
      checkKey(key);
      const stands = await store(key, { requestId, decision, correction }, 'correction');
      const wanted = labelToIssueType[stands.correction?.label ?? correction.label];
      return { ...(await placeOf(stands.issue)), ...(await changeType(api, metaOf, stands.issue, wanted)) };
    },
  };
}

/**
 * Gives an issue another type, where the project has it and lets this account change it: a type with another workflow or
 * other fields is often refused. Gives the type that the issue has then.
 */
async function changeType(
  api: JiraApi,
  metaOf: IssueMarksDeps['metaOf'],
  // Of a moved issue the types are those of the project that it is in now.
  { key, issueType }: StoredIssue,
  wanted: string,
): Promise<{ issueType: string; note: string | null }> {
  const types = await metaOf(prefixOf(key)).issueTypes();
  const choice = chooseIssueType(types ?? [], wanted);
  if (choice === null || choice.id === null || choice.note !== null) {
    return isSameType(issueType, wanted)
      ? { issueType, note: null }
      : { issueType, note: keptTypeNote(types ?? [], wanted, { key, type: issueType }) };
  }
  if (folded(issueType) === folded(choice.name)) return { issueType, note: null };
  try {
    await api.setIssueType(key, choice.id);
    return { issueType: choice.name, note: null };
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal === null || refusal.status === 429 || refusal.status === 401 || refusal.status >= 500) throw thrown;
    const words = refusalWords(refusal);
    const note = `Jira did not change the type of ${key} to ${choice.name}. ${words} Change it there.`;
    return { issueType, note: note.replace(/\s+/g, ' ') };
  }
}
