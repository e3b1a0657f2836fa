import { isolated } from '../../../shared/bidi.ts';
import { AppError } from '../../../shared/errors.ts';
import type { IssueDraft } from '../../tickets/ports/issue-tracker.ts';
import { type JiraRefusal, refusalWords } from '../api/refusal.ts';
import type { Screen } from './create-meta.ts';
import { isKnownField } from './field-kinds.ts';
import { fieldsInWords } from './fields-in-words.ts';
import { type FieldPlan, isOwn } from './plan-fields.ts';

const mostNamed = 6;
const everyTicket = 'under jira_default_fields in config.yml';

/** Why nothing is sent before a person has given or corrected these fields. `notes`: what was left out, in sentences. */
export function missingFields(
  { asked, notes }: Pick<FieldPlan, 'asked' | 'notes'>,
  where: { typeName: string; project: string },
): AppError {
  const missing = asked.filter(({ problem }) => problem === null).map(({ field }) => isolated(field.name));
  const wrong = asked.flatMap(({ field, problem }) =>
    problem === null ? [] : [`${isolated(field.name)}: ${problem}`],
  );
  const sentences = [
    ...(missing.length === 0 ? [] : [missingWords(missing, where)]),
    ...(wrong.length === 0 ? [] : ['A field cannot be filled in as it was given.', ...wrong]),
    // It may be what was meant for the missing one.
    ...notes,
    `Use Fix and retry in the window for that, or set a value for every ticket ${everyTicket}.`,
  ];
  const fields = asked.map(({ field }) => field.id);
  return new AppError('invalid_input', sentences.join(' '), {
    fields,
    mayAsk: asked.every(({ field }) => isKnownField(field)),
  });
}

interface Refused extends Pick<FieldPlan, 'notes'> {
  screen: Screen | null;
  /** What was left out after a refusal, in a sentence by field id. */
  losses: ReadonlyMap<string, string>;
}

/** What to do about a create that Jira refused for what is in it. */
export function describeRefusal(
  refusal: JiraRefusal,
  { screen, notes, losses }: Refused,
  sent: Pick<FieldPlan, 'fields' | 'texts'>,
  { project, issueType, defaultFields }: Pick<IssueDraft, 'project' | 'issueType' | 'defaultFields'>,
): AppError {
  const names = new Map([...(screen?.values() ?? [])].map(({ id, name }) => [id, name]));
  const called = (ids: string[]) => theFields(ids.map((id) => isolated(names.get(id) ?? id)));
  const keeper = `ask whoever looks after ${project} in Jira`;
  const ids = Object.keys(refusal.fields);
  const inWords = fieldsInWords(refusal.messages, screen).filter((id) => !ids.includes(id));
  const others = [...ids, ...inWords].filter((id) => !isOwn(id) && id !== 'labels');
  const isOfOwn = ids.length > 0 && others.length === 0;
  const asked = others.filter((id) => screen === null || screen.has(id));
  const absent = others.filter((id) => !asked.includes(id));
  // What Jira objected to and then demanded all the same was sent before.
  const wrong = asked.filter((id) => id in sent.fields || id in sent.texts || id in defaultFields);
  const missing = asked.filter((id) => !wrong.includes(id));
  const advice = [
    ...(isOfOwn ? [] : notes),
    ...[...losses].flatMap(([id, loss]) => (isOfOwn || others.includes(id) ? [] : [loss])),
    missing.length === 0
      ? ''
      : `Fill in ${called(missing)} with Fix and retry in the window, or set a value for every ticket ${everyTicket}.`,
    wrong.length === 0 ? '' : `Correct ${called(wrong)} with Fix and retry in the window, or ${everyTicket}.`,
    absent.length === 0 ? '' : `The form in Jira lacks ${called(absent)}, so nothing can be given there: ${keeper}.`,
    'project' in refusal.fields ? `Check the project ${project}.` : '',
    'issuetype' in refusal.fields ? `Check the type ${isolated(issueType)}.` : '',
    ownAdvice(refusal, keeper, others.length > 0),
    // A field's name in a sentence may mean something else.
    asked.some((id) => inWords.includes(id)) ? `If that does not help, ${keeper}.` : '',
  ];
  const words = refusalWords(refusal, names);
  const message = ['Jira did not accept the issue.', words, ...advice].filter((part) => part !== '').join(' ');
  // What was sent and refused is for whoever knows the project: Jira's words on it would be all that a person gets.
  const isOnlyMissing = missing.length > 0 && missing.length === ids.length + inWords.length;
  const isKnown = (id: string) => {
    const field = screen?.get(id);
    return field !== undefined && isKnownField(field);
  };
  return new AppError('invalid_input', message, {
    cause: refusal,
    fields: asked.length === 0 ? undefined : asked,
    mayAsk: isOnlyMissing && missing.every(isKnown),
  });
}

/** What to do about what the ticket says itself, or about a refusal that names nothing. */
function ownAdvice({ fields }: JiraRefusal, keeper: string, namesOthers: boolean): string {
  if ('summary' in fields) return 'Change the summary with Fix and retry in the window.';
  if ('project' in fields || 'issuetype' in fields) return 'Fix and retry in the window changes that.';
  if ('description' in fields) return `Send the ticket again in other words, or ${keeper}.`;
  if (namesOthers) return '';
  return `Change what Jira objects to with Fix and retry in the window: summary, type or project; or ${keeper}.`;
}

function missingWords(names: string[], { typeName, project }: { typeName: string; project: string }): string {
  const [are, them] = names.length === 1 ? ['is', 'it'] : ['are', 'them'];
  const sentence = `${theFields(names)} ${are} missing: ${project} takes no ${isolated(typeName)} without ${them}.`;
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}

function theFields(names: string[]): string {
  const named = names.slice(0, mostNamed).join(', ');
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return `the ${names.length === 1 ? 'field' : 'fields'} ${named}${more}`;
}
