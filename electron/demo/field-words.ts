import type { JiraField } from '../../stand-ins/jira/field-kinds.ts';
import type { JiraSite } from '../../stand-ins/jira/site.ts';
import { isRecord } from '../../stand-ins/record.ts';

/** What a field holds as Jira shows it: the names of what was chosen, however the request named it. */
export function fieldWords(
  field: Pick<JiraField, 'allowedValues'>,
  value: unknown,
  jira: Pick<JiraSite, 'paragraphs' | 'people'>,
): string {
  if (Array.isArray(value)) return value.map((each) => fieldWords(field, each, jira)).join(', ');
  if (!isRecord(value)) return String(value);
  // Cloud's rich text.
  if (value['type'] === 'doc') return jira.paragraphs(value).join('\n');
  const person = jira.people.find(({ accountId, name }) => accountId === value['accountId'] || name === value['name']);
  if (person !== undefined) return person.displayName;
  const known = field.allowedValues?.find(({ id }) => id === value['id']) ?? value;
  const words =
    [known['value'], known['name'], known['key'], known['id']].find((each) => typeof each === 'string') ?? '';
  const child = value['child'];
  if (!isRecord(child)) return String(words);
  const children: unknown[] = Array.isArray(known['children']) ? known['children'] : [];
  const below = children.filter(isRecord).find(({ id }) => id === child['id']) ?? child;
  return `${words} > ${String(below['value'] ?? below['id'] ?? '')}`;
}
