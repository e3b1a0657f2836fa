import { isolated } from '../../shared/bidi.ts';
import { AppError } from '../../shared/errors.ts';
import type { CreatedIssue, IssueDraft } from '../tickets/ports/issue-tracker.ts';
import type { CreateMeta, Screen } from './create-meta.ts';
import { describeTicket } from './description.ts';
import { buildFields, buildProperty, isOnScreen, type OptionalField } from './issue-fields.ts';
import { chooseIssueType, describeTypes, missingTypeNote, type TypeChoice } from './issue-types.ts';
import type { JiraApi } from './jira-api.ts';
import { type JiraRefusal, refusalOf, refusalWords } from './refusal.ts';

export interface CreateIssueDeps {
  api: JiraApi;
  meta: CreateMeta;
}

interface Plan {
  type: TypeChoice;
  screen: Screen | null;
  leftOut: ReadonlySet<OptionalField>;
  /** The project's types were asked for anew because Jira refused the one chosen. */
  refreshed: boolean;
}

/** Each of the reasons to ask again (labels, description, type) arises once. */
const mostTries = 4;

/**
 * Files one issue. A request that Jira definitely refused is sent again without what it objected to; one whose
 * answer is missing never is.
 */
export async function createIssue(deps: CreateIssueDeps, draft: IssueDraft): Promise<Omit<CreatedIssue, 'url'>> {
  const { api } = deps;
  const { project, defaultFields, issueType: wanted } = draft;
  const description = describeTicket(draft);
  const property = buildProperty(draft);
  let plan = await firstPlan(deps.meta, wanted);
  for (let tries = 1; ; tries += 1) {
    try {
      const parts = buildFields({ ...plan, draft, project, description, defaultFields });
      const created = await api.createIssue({ ...parts, property });
      return { ...created, issueType: plan.type.name, note: noteOf(plan) };
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (refusal?.status !== 400) throw thrown;
      const next = tries < mostTries ? await planAfter(refusal, plan, deps.meta, wanted) : null;
      if (next === null) throw explained(refusal, plan.screen, defaultFields, draft);
      plan = next;
    }
  }
}

async function firstPlan(meta: CreateMeta, wanted: string): Promise<Plan> {
  const type = await chooseType(meta, wanted);
  const screen = type.id === null ? null : await meta.screen(type.id);
  const optional: OptionalField[] = ['labels', 'description'];
  const leftOut = new Set(optional.filter((field) => !isOnScreen(field, screen)));
  return { type, screen, leftOut, refreshed: false };
}

async function chooseType(meta: CreateMeta, wanted: string): Promise<TypeChoice> {
  const types = await meta.issueTypes();
  if (types === null) return { id: null, name: wanted, reason: null, note: null };
  const choice = chooseIssueType(types, wanted);
  if (choice) return choice;
  const advice = 'Choose one with Fix and retry, or say in Settings which type each kind of ticket becomes.';
  throw new AppError('invalid_input', `${describeTypes(types, wanted)} ${advice}`);
}

/** What to change after a definite refusal; null where a person must act. */
async function planAfter(refusal: JiraRefusal, plan: Plan, meta: CreateMeta, wanted: string): Promise<Plan | null> {
  for (const field of ['labels', 'description'] as const) {
    if (!plan.leftOut.has(field) && lacksField(refusal, field, plan.screen)) {
      return { ...plan, leftOut: new Set([...plan.leftOut, field]) };
    }
  }
  if (plan.refreshed || !objectsToType(refusal)) return null;
  meta.forget();
  const again = { ...(await firstPlan(meta, wanted)), refreshed: true };
  if (again.type.id === null) {
    return wanted === 'Task'
      ? null
      : { ...again, type: { id: null, name: 'Task', reason: null, note: missingTypeNote(wanted, 'Task') } };
  }
  return again.type.id === plan.type.id ? null : again;
}

const namedIn: Record<OptionalField, RegExp> = { labels: /\blabels\b/i, description: /\bdescription\b/i };

/**
 * Jira words this in the account's language, so English is not relied on where the field is named. A description
 * known to be on the screen was refused for what it says, and is not thrown away.
 */
function lacksField(refusal: JiraRefusal, field: OptionalField, screen: Screen | null): boolean {
  const said = refusal.fields[field];
  const lacks = /cannot be set|not on the appropriate screen/i;
  if (said !== undefined) return field === 'labels' || screen === null || lacks.test(said);
  return refusal.messages.some((message) => lacks.test(message) && namedIn[field].test(message));
}

function objectsToType(refusal: JiraRefusal): boolean {
  return 'issuetype' in refusal.fields || refusal.messages.some((message) => /issue ?type/i.test(message));
}

function noteOf({ type, leftOut }: Plan): string | null {
  const lost = leftOut.has('description')
    ? 'The project has no description field for this type, so the issue has the summary only.'
    : null;
  const notes = [type.note, lost].filter((note) => note !== null);
  return notes.length === 0 ? null : notes.join(' ');
}

/** Fields we fill ourselves; any other that Jira misses comes from config.yml. */
const ownFields = new Set(['project', 'issuetype', 'summary', 'description', 'labels']);

function explained(
  refusal: JiraRefusal,
  screen: Screen | null,
  defaultFields: Readonly<Record<string, unknown>>,
  { project, issueType }: IssueDraft,
): AppError {
  const names = screen ?? new Map<string, string>();
  const called = (id: string) => (names.has(id) ? `${names.get(id)} (${id})` : id);
  const others = Object.keys(refusal.fields).filter((id) => !ownFields.has(id));
  const wrong = others.filter((id) => id in defaultFields).map(called);
  const missing = others.filter((id) => !(id in defaultFields)).map(called);
  const advice = [
    missing.length === 0 ? '' : `Set ${missing.join(', ')} under jira_default_fields in config.yml.`,
    wrong.length === 0 ? '' : `Correct ${wrong.join(', ')} under jira_default_fields in config.yml.`,
    'project' in refusal.fields ? `Check the project ${project}.` : '',
    'issuetype' in refusal.fields ? `Check the type ${isolated(issueType)}.` : '',
  ];
  const words = refusalWords(refusal, names);
  const message = ['Jira did not accept the issue.', words, ...advice].filter((part) => part !== '').join(' ');
  return new AppError('invalid_input', message, { cause: refusal });
}
