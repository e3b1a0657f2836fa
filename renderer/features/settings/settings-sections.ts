import { readChannel } from '../../../shared/channel-setting.ts';
import { readJiraAddress } from '../../../shared/jira-address.ts';
import { type AnySettingName, allRows, type SettingName, secretNames } from '../../../shared/settings.ts';
import { settingRows } from '../../../shared/settings-table.ts';
import type { SettingChange, SettingsView } from '../../../shared/settings-view.ts';
import { differsFrom } from './channel-items.ts';
import { filterChange, valueAt } from './filter-change.ts';
import type { SettingsDraft } from './settings-draft.ts';

/** The parts of the settings that each section saves. */
const sectionParts = {
  slack: ['slack'],
  jira: ['jira'],
  channels: ['channels'],
  openai: ['openai'],
  behaviour: ['behaviour', 'people'],
} as const;
export type SectionName = keyof typeof sectionParts;

/** What a section saves. */
export function namesIn(section: SectionName): AnySettingName[] {
  const parts: readonly string[] = sectionParts[section];
  return allRows.filter(({ part, window }) => parts.includes(part) && window === 'typed').map(({ name }) => name);
}

/** What a section would save: only what differs from what is saved and is not fixed elsewhere. */
export function changesOf(section: SectionName, view: SettingsView, { change }: SettingsDraft): SettingChange {
  const names = namesIn(section);
  return filterChange(change, (name, value, key) => names.includes(name) && differs(view, name, value, key));
}

function differs({ settings, maps }: SettingsView, name: AnySettingName, value: unknown, key: string | null): boolean {
  if (name === 'channels') return key !== null && differsFrom(maps.channels[key], value);
  const setting = settings.find((each) => each.name === name);
  if (setting === undefined) return JSON.stringify(value) !== JSON.stringify(valueAt(maps, name, key));
  if (setting.isFixed) return false;
  return setting.isSecret ? value !== '' || setting.isSet : value !== (setting.value ?? '');
}

export function isEmpty(change: SettingChange): boolean {
  return Object.keys(change).length === 0;
}

/** Whether a secret would be kept in plain text that nobody has agreed to. */
export function needsConsent(view: SettingsView, change: SettingChange, isAllowed: boolean): boolean {
  return view.protection === 'plain_text' && !isAllowed && secretNames.some((name) => Boolean(change[name]));
}

/** What is wrong with what is typed for a setting; null for what can be saved, and for nothing. */
export function faultIn(name: SettingName, text: string): string | null {
  if (name === 'JIRA_BASE_URL' && text.trim() !== '') return readJiraAddress(text).trouble;
  const row = settingRows.find((each) => each.name === name);
  if (row?.field?.orElse === undefined || text.trim() === '') return null;
  const checked = row.form.rule.safeParse(text.trim());
  // To have none, the field is left empty.
  if (checked.success && checked.data !== null) return null;
  return `Enter ${row.form.expected}, ${row.field.orElse}.`;
}

/** Whether something typed in a section cannot be saved as it stands. */
export function isFaulty(change: SettingChange): boolean {
  const channels: unknown[] = Object.values(change.channels ?? {});
  const hasFault = (entry: unknown) => entry !== null && readChannel(entry).faults.length > 0;
  return channels.some(hasFault) || settingRows.some(({ name }) => faultIn(name, change[name] ?? '') !== null);
}
