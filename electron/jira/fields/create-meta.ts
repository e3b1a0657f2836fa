import { AppError } from '../../../shared/errors.ts';
import type { IssueType, JiraApi, ScreenField } from '../api/jira-api.ts';
import { refusalOf } from '../api/refusal.ts';

/** What is on a create screen, by field id. */
export type Screen = ReadonlyMap<string, ScreenField>;

/** What the project offers when an issue is created; null where Jira does not tell. */
export interface CreateMeta {
  issueTypes(): Promise<IssueType[] | null>;
  screen(issueTypeId: string): Promise<Screen | null>;
  /** Jira refused what was remembered: the next question goes to Jira again. */
  forget(): void;
  /** Begins to watch; the result says whether everything that it says was asked of Jira since then. */
  watch(): () => boolean;
  /** Account of a requester, by the id that they have in the chat; what `find` gives, remembered where it is one. */
  reporter(requesterId: string, find: () => Promise<object | null>): Promise<object | null>;
  /** Whether this account may name another reporter, as far as is known. */
  takesReporter(): boolean;
  /** Jira refused a reporter: none is named for an hour. */
  refusedReporter(): void;
}

const freshForMs = 10 * 60_000;
/** Rights change seldom, and asking costs a refused create. */
const reporterRefusedForMs = 60 * 60_000;

/** Remembers Jira's answers for ten minutes, so that most tickets cost one request. */
export function createCreateMeta(api: JiraApi, project: string, now: () => number): CreateMeta {
  const answers = new Map<string, { value: unknown; until: number }>();
  let namesNobodyUntil = 0;

  async function remembered<T>(key: string, ask: () => Promise<T>): Promise<T | null> {
    const known = answers.get(key);
    if (known && known.until > now()) return known.value as T;
    const value = await orNull(ask);
    if (value !== null) answers.set(key, { value, until: now() + freshForMs });
    return value;
  }

  return {
    issueTypes: () =>
      remembered('types', async () => {
        const types = await api.issueTypes(project);
        return types.length === 0 ? null : types;
      }),
    screen: (issueTypeId) =>
      remembered(`screen ${issueTypeId}`, async () => {
        const fields = await api.createScreen(project, issueTypeId);
        const screen: Screen = new Map(fields.map((field) => [field.id, field]));
        // Every create screen has a summary: a list without one cannot be trusted to name all fields.
        return screen.has('summary') ? screen : null;
      }),
    reporter: (requesterId, find) => remembered(`reporter ${requesterId}`, find),
    forget: () => answers.clear(),
    watch() {
      const before = new Set(answers.values());
      return () => ![...answers.values()].some((answer) => before.has(answer));
    },
    takesReporter: () => namesNobodyUntil <= now(),
    refusedReporter() {
      namesNobodyUntil = now() + reporterRefusedForMs;
    },
  };
}

/** A Jira that answers, but not this, still takes issues: then the create request itself is the question. */
async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    if (thrown.code === 'bad_response') return null;
    if (thrown.code === 'unauthorized' || thrown.code === 'rate_limited' || refusalOf(thrown) === null) throw thrown;
    return null;
  }
}
