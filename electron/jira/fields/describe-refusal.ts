import { isolated } from '../../../shared/bidi.ts';
import { AppError } from '../../../shared/errors.ts';
import type { IssueDraft } from '../../tickets/ports/issue-tracker.ts';
import { type JiraRefusal, refusalWords } from '../api/refusal.ts';
import type { Screen } from './create-meta.ts';
import { type FieldPlan, isOwn } from './plan-fields.ts';

const mostNamed = 6;
const everyTicket = 'under jira_default_fields in config.yml';

/** Why nothing is sent before a person has given or corrected these fields. */
export function missingFields(asked: FieldPlan['asked'], where: { typeName: string; project: string }): AppError {
  const missing = asked.filter(({ problem }) => problem === null).map(({ field }) => isolated(field.name));
  const wrong = asked.flatMap(({ field, problem }) =>
    problem === null ? [] : [`${isolated(field.name)}: ${problem}`],
  );
  const sentences = [
    ...(missing.length === 0 ? [] : [missingWords(missing, where)]),
    ...(wrong.length === 0 ? [] : ['A field cannot be filled in as it was given.', ...wrong]),
    `Use Fix and retry in the window for that, or set a value for every ticket ${everyTicket}.`,
  ];
  return new AppError('invalid_input', sentences.join(' '), { fields: asked.map(({ field }) => field.id) });
}

/** What to do about a create that Jira refused for what is in it. */
export function describeRefusal(
  refusal: JiraRefusal,
  { screen, sent }: { screen: Screen | null; sent: Pick<FieldPlan, 'fields' | 'texts'> },
  { project, issueType, defaultFields }: Pick<IssueDraft, 'project' | 'issueType' | 'defaultFields'>,
): AppError {
  const names = new Map([...(screen?.values() ?? [])].map(({ id, name }) => [id, name]));
  const others = Object.keys(refusal.fields).filter((id) => !isOwn(id) && id !== 'labels');
  const called = (ids: string[]) => theFields(ids.map((id) => isolated(names.get(id) ?? id)));
  // What Jira objected to and then demanded all the same was sent before.
  const wrong = others.filter((id) => id in sent.fields || id in sent.texts || id in defaultFields);
  const missing = others.filter((id) => !wrong.includes(id));
  const advice = [
    missing.length === 0
      ? ''
      : `Fill in ${called(missing)} with Fix and retry in the window, or set a value for every ticket ${everyTicket}.`,
    wrong.length === 0 ? '' : `Correct ${called(wrong)} with Fix and retry in the window, or ${everyTicket}.`,
    'project' in refusal.fields ? `Check the project ${project}.` : '',
    'issuetype' in refusal.fields ? `Check the type ${isolated(issueType)}.` : '',
    ownAdvice(refusal, project, others.length > 0),
  ];
  const words = refusalWords(refusal, names);
  const message = ['Jira did not accept the issue.', words, ...advice].filter((part) => part !== '').join(' ');
  return new AppError('invalid_input', message, { cause: refusal, fields: others.length === 0 ? undefined : others });
}

/** What to do about what the ticket says itself, or about a refusal that names nothing. */
function ownAdvice({ fields }: JiraRefusal, project: string, namesOthers: boolean): string {
  const keeper = `ask whoever looks after ${project} in Jira`;
  if ('summary' in fields) return 'Change the summary with Fix and retry in the window.';
  if ('project' in fields || 'issuetype' in fields) return 'Fix and retry in the window changes that.';
  if ('description' in fields) return `Send the ticket again in other words, or ${keeper}.`;
  if (namesOthers) return '';
  return `Change what Jira objects to with Fix and retry in the window: summary, type, project or a field; or ${keeper}.`;
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
