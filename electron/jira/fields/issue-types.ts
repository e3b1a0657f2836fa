import { isolated } from '../../../shared/bidi.ts';
import { folded, kindOfType, withoutSystem } from '../../../shared/issue-type-names.ts';
import type { IssueType } from '../api/jira-api.ts';

/** The type an issue gets: by name alone where the project's types are not known. */
export interface TypeChoice {
  id: string | null;
  name: string;
  /** How its name stands for the one that was asked for: "German for Bug"; null where it is that one. */
  reason: string | null;
  /** Why it is not the type that was asked for, else null. */
  note: string | null;
}

/** Types that a ticket can become: sub-tasks need a parent, and epics hold other issues. */
export function usableTypes(types: readonly IssueType[]): IssueType[] {
  return types.filter((type) => type.standard && !type.subtask && !namesOf(type).some(isEpic));
}

function isEpic(name: string): boolean {
  return kindOfType(name)?.kind === 'Epic';
}

/**
 * The type that is wanted, by id or by name in whatever language, else the project's Task by the same rules. Null where
 * it has neither: a person must say then.
 */
export function chooseIssueType(types: readonly IssueType[], wanted: string): TypeChoice | null {
  const usable = usableTypes(types);
  const found = findType(usable, wanted);
  if (found !== null) return found;
  const task = findType(usable, 'Task');
  if (task === null) return null;
  return {
    ...task,
    note: isEpicThere(types, wanted) ? epicNote(wanted, task.name) : missingTypeNote(wanted, task.name),
  };
}

/** Whether the project has the type that is wanted, but as one that holds other issues. */
function isEpicThere(types: readonly IssueType[], wanted: string): boolean {
  const others = types.filter(({ subtask }) => !subtask);
  return findType(others, wanted) !== null;
}

/** `wanted` by each rule in turn, the surest first. */
function findType(types: readonly IssueType[], wanted: string): TypeChoice | null {
  const chosen = (type: IssueType | undefined, reason: string | null = null) =>
    type === undefined ? null : { id: type.id, name: type.name, reason, note: null };
  return (
    chosen(
      types.find(({ id }) => id === wanted.trim()),
      `by its id ${wanted.trim()}`,
    ) ??
    chosen(named(types, wanted, ({ name }) => name)) ??
    chosen(
      named(types, wanted, ({ untranslatedName }) => untranslatedName),
      `${wanted} in Jira’s own words`,
    ) ??
    ofSameKind(types, wanted) ??
    ofServiceManagement(types, wanted)
  );
}

/** The one that is called so: to the letter, else in any case, else but for accents and signs. */
function named(
  types: readonly IssueType[],
  wanted: string,
  nameOf: (type: IssueType) => string | null,
): IssueType | undefined {
  const forms = [(name: string) => name, (name: string) => name.trim().toLowerCase(), folded];
  for (const form of forms) {
    const found = types.find((type) => form(nameOf(type) ?? '') === form(wanted));
    if (found !== undefined && form(wanted) !== '') return found;
  }
  return undefined;
}

/** The one whose name means the same, in whatever language: the likeliest name first. */
function ofSameKind(types: readonly IssueType[], wanted: string): TypeChoice | null {
  const meant = kindOfType(wanted);
  if (meant === null) return null;
  const matches = types.flatMap((type) => {
    const known = namesOf(type)
      .map(kindOfType)
      .find((name) => name?.kind === meant.kind);
    return known ? [{ type, known }] : [];
  });
  const best = matches.toSorted((one, other) => one.known.rank - other.known.rank)[0];
  if (best === undefined) return null;
  const { type, known } = best;
  const reason = known.language === meant.language ? `another name for ${wanted}` : `${known.language} for ${wanted}`;
  return { id: type.id, name: type.name, reason, note: null };
}

/** Jira Service Management's own types: "[System] Incident". */
function ofServiceManagement(types: readonly IssueType[], wanted: string): TypeChoice | null {
  const plain = types.flatMap((type) => {
    const name = namesOf(type)
      .map(withoutSystem)
      .find((words) => words !== null);
    return name ? [{ ...type, name, untranslatedName: null }] : [];
  });
  const found = named(plain, wanted, ({ name }) => name)?.id ?? ofSameKind(plain, wanted)?.id;
  const type = types.find(({ id }) => id === found);
  return type === undefined
    ? null
    : { id: type.id, name: type.name, reason: 'as Jira Service Management calls it', note: null };
}

function namesOf({ name, untranslatedName }: IssueType): string[] {
  return untranslatedName === null ? [name] : [name, untranslatedName];
}

export function missingTypeNote(wanted: string, instead: string): string {
  return `The project has no type ${isolated(wanted)}, so this is ${withArticle(instead)}.`;
}

function epicNote(wanted: string, instead: string): string {
  return `${epicWords(wanted)}, so this is ${withArticle(instead)}.`;
}

function epicWords(name: string): string {
  return `${isolated(name)} holds other issues and is no type for a ticket`;
}

/** Note of an issue that keeps its type. */
export function keptTypeNote(types: readonly IssueType[], wanted: string, kept: { key: string; type: string }): string {
  const why = isEpicThere(types, wanted) ? epicWords(wanted) : `The project has no type ${isolated(wanted)}`;
  return `${why}, so ${kept.key} stays ${withArticle(kept.type)}.`;
}

function withArticle(name: string): string {
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${isolated(name)}`;
}

const mostListed = 12;

/** Why no type can be chosen, and what there is. */
export function describeTypes(types: readonly IssueType[], wanted: string): string {
  const usable = usableTypes(types).map(({ name }) => isolated(name));
  if (types.length === 0) return 'The project has no types, so nothing can be filed in it.';
  if (usable.length === 0) return 'The project has types for sub-tasks and epics only, so nothing can be filed in it.';
  const listed = usable.slice(0, mostListed).join(', ');
  const more = usable.length > mostListed ? ` and ${usable.length - mostListed} more` : '';
  const isTask = folded(wanted) === folded('Task');
  if (isEpicThere(types, wanted)) return `${epicWords(wanted)}, and the project has no Task, but ${listed}${more}.`;
  return `The project has no type ${isolated(wanted)}${isTask ? '' : ' and no Task'}, but ${listed}${more}.`;
}
