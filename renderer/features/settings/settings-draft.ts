import { useSyncExternalStore } from 'react';
import type { Label } from '../../../shared/labels.ts';
import type { SettingName } from '../../../shared/settings.ts';
import type { SettingChange, SettingsView } from '../../../shared/settings-view.ts';
import type { SettingFieldProps } from '../../components/setting-note.tsx';

/** What is typed and not saved yet. It outlives the page, not the window, and is written nowhere: it holds secrets. */
export interface SettingsDraft {
  change: SettingChange;
  types: Partial<Record<Label, string>>;
  /** The person takes secrets in plain text, where there is no keychain. */
  allowPlainText: boolean;
}

let draft: SettingsDraft = { change: {}, types: {}, allowPlainText: false };
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
  const { [name]: _, ...others } = draft.change;
  become({ ...draft, change: text === undefined ? others : { ...others, [name]: text } });
}

/** undefined: as it is saved. */
export function draftIssueType(label: Label, type: string | undefined): void {
  const { [label]: _, ...others } = draft.types;
  become({ ...draft, types: type === undefined ? others : { ...others, [label]: type } });
}

export function allowPlainText(isAllowed: boolean): void {
  become({ ...draft, allowPlainText: isAllowed });
}

/** Takes out what was saved or given up, unless something else has been typed since. */
export function dropDraft({ change, types }: Pick<SettingsDraft, 'change' | 'types'>): void {
  become({ ...draft, change: without(draft.change, change), types: without(draft.types, types) });
}

function without<T extends Record<string, string | undefined>>(all: T, dropped: T): T {
  return Object.fromEntries(Object.entries(all).filter(([key, text]) => dropped[key] !== text)) as T;
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
