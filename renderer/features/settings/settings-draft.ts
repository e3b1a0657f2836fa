import { useSyncExternalStore } from 'react';
import { isMap } from '../../../shared/setting-row.ts';
import type { MapName, SettingName } from '../../../shared/settings.ts';
import type { SettingChange, SettingsView } from '../../../shared/settings-view.ts';
import type { SettingFieldProps } from '../../components/setting-note.tsx';
import { filterChange, valueAt } from './filter-change.ts';

/** What is typed and not saved yet. It outlives the page, not the window, and is written nowhere: it holds secrets. */
export interface SettingsDraft {
  change: SettingChange;
  /** The person takes secrets in plain text, where there is no keychain. */
  allowPlainText: boolean;
  /** The person says that others have the bot token that is replaced or forgotten. */
  isTokenLeaked: boolean;
}

let draft: SettingsDraft = { change: {}, allowPlainText: false, isTokenLeaked: false };
const listeners = new Set<() => void>();

function become(next: SettingsDraft): void {
  draft = next;
  for (const tell of listeners) tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSettingsDraft(): SettingsDraft {
  return useSyncExternalStore(subscribe, () => draft);
}

/** undefined: as it is saved. */
export function draftSetting(name: SettingName, text: string | undefined): void {
  const change = { ...draft.change };
  if (text === undefined) delete change[name];
  else change[name] = text;
  become({ ...draft, change, isTokenLeaked: draft.isTokenLeaked && 'SLACK_BOT_TOKEN' in change });
}

/** An entry of a map; undefined: as it is saved. */
export function draftEntry(name: MapName, key: string, entry: unknown): void {
  const given = draft.change[name];
  const entries = isMap(given) ? { ...given } : {};
  if (entry === undefined) delete entries[key];
  else entries[key] = entry;
  become({ ...draft, change: { ...draft.change, [name]: entries } });
}

export function allowPlainText(isAllowed: boolean): void {
  become({ ...draft, allowPlainText: isAllowed });
}

export function draftLeak(isTokenLeaked: boolean): void {
  become({ ...draft, isTokenLeaked });
}

/** What saving this change says of the token that goes with it: nothing where none does, or where nobody has it. */
export function leakIn({ isTokenLeaked }: SettingsDraft, change: SettingChange): { isFormerTokenLeaked?: true } {
  return isTokenLeaked && 'SLACK_BOT_TOKEN' in change ? { isFormerTokenLeaked: true } : {};
}

/** Takes out what was saved or given up, unless something else has been typed since. */
export function dropDraft(dropped: SettingChange): void {
  const change = filterChange(draft.change, (name, value, key) => valueAt(dropped, name, key) !== value);
  become({ ...draft, change, isTokenLeaked: draft.isTokenLeaked && 'SLACK_BOT_TOKEN' in change });
}

/** A field for this setting: what is saved, and what is typed. Throws where main does not name the setting. */
export function fieldOf(view: SettingsView, { change }: SettingsDraft, name: SettingName): SettingFieldProps {
  const setting = view.settings.find((known) => known.name === name);
  if (setting === undefined) throw new Error(`settings:read does not name ${name}.`);
  return { setting, draft: change[name], onDraft: (text) => draftSetting(name, text) };
}

/** The value as it would be once saved; empty where there is none. Never of a secret that is saved already. */
export function draftedValue(view: SettingsView, draft: SettingsDraft, name: SettingName): string {
  const field = fieldOf(view, draft, name);
  return (field.setting.isFixed ? null : field.draft) ?? field.setting.value ?? '';
}
