import type { JiraApi, StoredIssue } from './api/jira-api.ts';
import { keyOf, numberOf, prefixOf } from './api/project-keys.ts';
import { requestIdIn } from './marks/ticket-property.ts';

/**
 * Numbers are handed out in order, but deleted, moved and hidden issues leave gaps: so many keys in a row that are absent
 * are the end, more where one request reads them, or where nothing of the project was ever seen, as in one that was tidied
 * up; fewer while a later look follows.
 */
const longestGap = { bulk: 100, single: 50, unseen: 200, open: 10 };
/** Most keys that are read at once, and at first where each is a request. */
const keysAtOnce = 100;
const firstKeys = 50;
const mostKeys = 1000;

/** What reading keys has shown. */
export interface Walked {
  found: StoredIssue | null;
  /** None of the keys, up to the last one there is, escaped the reading. */
  isWhole: boolean;
  /** One could be read. */
  sawAny: boolean;
  /** Those behind the first that do not say of which request they are. */
  unknown: StoredIssue[];
}

export const nothingWalked: Walked = { found: null, isWhole: false, sawAny: false, unknown: [] };

/** Reads the keys from `start` on, up to the first gap that is too long to be one. */
export async function walkKeys(
  api: JiraApi,
  start: string,
  { pick, isOpen }: { pick: (issues: readonly StoredIssue[]) => StoredIssue | null; isOpen: boolean },
): Promise<Walked> {
  const prefix = prefixOf(start);
  let way: 'single' | 'bulk' = 'single';
  const unknown: StoredIssue[] = [];
  /** Keys in a row that are absent. */
  let gap = 0;
  let isWhole = true;
  let sawAny = false;
  const longest = () => longestGap[isOpen ? 'open' : sawAny || numberOf(start) > 0 || way === 'bulk' ? way : 'unseen'];
  // Beginning with the one that was known: where it cannot be read, neither could its successor be.
  const first = Math.max(1, numberOf(start));
  let number = first;
  while (number < first + mostKeys) {
    way = (await api.readsAtOnce()) < keysAtOnce ? 'single' : 'bulk';
    const count = way === 'bulk' ? keysAtOnce : Math.min(number === first ? firstKeys : keysAtOnce, longest() - gap);
    const keys = Array.from({ length: count }, (_, index) => keyOf(prefix, number + index));
    const issues = await api.readIssues(keys);
    const found = pick([...issues.values()]);
    if (found !== null) return { found, isWhole, sawAny: true, unknown };
    if (number === first && numberOf(start) > 0 && !issues.has(start)) isWhole = false;
    for (const key of keys) {
      const issue = issues.get(key);
      if (issue === undefined) {
        gap += 1;
        continue;
      }
      if (gap > 0) isWhole = false;
      gap = 0;
      sawAny = true;
      if (key !== start && !isSomebodys(issue)) unknown.push(issue);
    }
    if (gap >= longest()) return { found: null, isWhole, sawAny, unknown };
    number += count;
  }
  // A thousand issues later, and more behind them.
  return { found: null, isWhole: false, sawAny, unknown };
}

/** Whether an issue says of which request it is: any but ours, where ours was looked for. */
function isSomebodys({ property, labels }: StoredIssue): boolean {
  return requestIdIn(property) !== null || labels.some((label) => ownLabel.test(label));
}

const ownLabel = /^ticket-agent-[0-9a-f]{12}$/i;
