import { labels } from '../../../shared/labels.ts';
import { type SettingName, secretNames } from '../../../shared/settings.ts';
import { settingRows } from '../../../shared/settings-table.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import type { SettingsDraft } from './settings-draft.ts';

/** The parts of the settings that each section saves; Jira's also has the issue types. */
const sectionParts = {
  slack: ['slack'],
  jira: ['jira'],
  openai: ['openai'],
  behaviour: ['behaviour', 'people'],
} as const;
export type SectionName = keyof typeof sectionParts;

/** What a section saves. */
export function namesIn(section: SectionName): SettingName[] {
  const parts: readonly string[] = sectionParts[section];
  return settingRows.filter(({ part, window }) => parts.includes(part) && window === 'typed').map(({ name }) => name);
}

/** What a section would save: only what differs from what is saved and is not fixed elsewhere. */
export function changesOf(
  section: SectionName,
  view: SettingsView,
  draft: SettingsDraft,
): Pick<SettingsDraft, 'change' | 'types'> {
  const names = namesIn(section);
  const change = view.settings.filter(({ name, value, isSet, isSecret, isFixed }) => {
    const text = draft.change[name];
    if (!names.includes(name) || text === undefined || isFixed) return false;
    return isSecret ? text !== '' || isSet : text !== (value ?? '');
  });
  const types = labels.filter(
    (label) => (draft.types[label] ?? view.labelToIssueType[label]) !== view.labelToIssueType[label],
  );
  return {
    change: Object.fromEntries(change.map(({ name }) => [name, draft.change[name]])),
    types: section === 'jira' ? Object.fromEntries(types.map((label) => [label, draft.types[label]])) : {},
  };
}

export function isEmpty({ change, types }: Pick<SettingsDraft, 'change' | 'types'>): boolean {
  return Object.keys(change).length + Object.keys(types).length === 0;
}

/** Whether a secret would be kept in plain text that nobody has agreed to. */
export function needsConsent(
  view: SettingsView,
  { change }: Pick<SettingsDraft, 'change'>,
  isAllowed: boolean,
): boolean {
  return view.protection === 'plain_text' && !isAllowed && secretNames.some((name) => Boolean(change[name]));
}

/** What is wrong with what is typed for a setting; null for what can be saved, and for nothing. */
export function faultIn(name: SettingName, text: string): string | null {
  const row = settingRows.find((each) => each.name === name);
  if (row?.field?.orElse === undefined || text.trim() === '') return null;
  const checked = row.form.rule.safeParse(text.trim());
  // To have none, the field is left empty.
  if (checked.success && checked.data !== null) return null;
  return `Enter ${row.form.expected}, ${row.field.orElse}.`;
}

/** Whether something typed in a section cannot be saved as it stands. */
export function isFaulty({ change }: Pick<SettingsDraft, 'change'>): boolean {
  return settingRows.some(({ name }) => faultIn(name, change[name] ?? '') !== null);
}
