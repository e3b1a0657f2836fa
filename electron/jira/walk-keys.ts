import type { JiraApi, StoredIssue } from './api/jira-api.ts';
import { keyOf, numberOf, prefixOf } from './api/project-keys.ts';
import { requestIdIn } from './marks/ticket-property.ts';

/**
 * Numbers are handed out in order, but deleted, moved and hidden issues leave gaps: so many keys in a row that are absent
 * are the end, more where one request reads a hundred, or where nothing of the project was ever seen, as in one that was
 * tidied up; fewer while a later look follows. No request tells how far the numbers have come, so no gap proves more.
 */
const longestGap = { bulk: 500, single: 100, unseen: 500, open: 10 };
/** Most keys that are read at once, and at first where each is a request. */
const keysAtOnce = 100;
const firstKeys = 50;
const mostKeys = 1500;

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

export interface Walk {
  pick(issues: readonly StoredIssue[]): StoredIssue | null;
  isOpen: boolean;
  /** Numbers of the project that went to other requests, whatever became of those issues: it has come at least so far. */
  made: ReadonlySet<number>;
}

/** Reads the keys from `start` on, up to the first gap that is too long to be one. */
export async function walkKeys(api: JiraApi, start: string, { pick, isOpen, made }: Walk): Promise<Walked> {
  const prefix = prefixOf(start);
  let way: 'single' | 'bulk' = 'single';
  const unknown: StoredIssue[] = [];
  /** The last number that was given, as far as is known, and the first one that is absent. */
  let last = Math.max(numberOf(start), ...made);
  let absent = Number.POSITIVE_INFINITY;
  let isWhole = true;
  let sawAny = false;
  const longest = () => longestGap[isOpen ? 'open' : last > 0 || way === 'bulk' ? way : 'unseen'];
  // Beginning with the one that was known: where it cannot be read, neither could its successor be.
  const first = Math.max(1, numberOf(start));
  let number = first;
  while (number < first + mostKeys) {
    way = (await api.readsAtOnce()) < keysAtOnce ? 'single' : 'bulk';
    const left = last + longest() + 1 - number;
    const count = way === 'bulk' ? keysAtOnce : Math.min(number === first ? firstKeys : keysAtOnce, left);
    const keys = Array.from({ length: count }, (_, index) => keyOf(prefix, number + index));
    const issues = await api.readIssues(keys, number > first);
    const found = pick([...issues.values()]);
    if (found !== null) return { found, isWhole, sawAny: true, unknown };
    if (number === first && numberOf(start) > 0 && !issues.has(start)) isWhole = false;
    for (const key of keys) {
      const issue = issues.get(key);
      if (issue === undefined) {
        if (!made.has(numberOf(key))) absent = Math.min(absent, numberOf(key));
        continue;
      }
      last = Math.max(last, numberOf(key));
      sawAny = true;
      if (key !== start && !isSomebodys(issue)) unknown.push(issue);
    }
    if (absent < last) isWhole = false;
    number += count;
    if (number > last + longest()) return { found: null, isWhole, sawAny, unknown };
  }
  // A thousand issues later, and more behind them.
  return { found: null, isWhole: false, sawAny, unknown };
}

/** Whether an issue says of which request it is: any but ours, where ours was looked for. */
function isSomebodys({ property, labels }: StoredIssue): boolean {
  return requestIdIn(property) !== null || labels.some((label) => ownLabel.test(label));
}

const ownLabel = /^ticket-agent-[0-9a-f]{12}$/i;
