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
  /** The person says that others have the bot token that is replaced or forgotten. */
  isTokenLeaked: boolean;
}

let draft: SettingsDraft = { change: {}, types: {}, allowPlainText: false, isTokenLeaked: false };
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
  const change = text === undefined ? others : { ...others, [name]: text };
  become({ ...draft, change, isTokenLeaked: draft.isTokenLeaked && 'SLACK_BOT_TOKEN' in change });
}

/** undefined: as it is saved. */
export function draftIssueType(label: Label, type: string | undefined): void {
  const { [label]: _, ...others } = draft.types;
  become({ ...draft, types: type === undefined ? others : { ...others, [label]: type } });
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
export function dropDraft({ change, types }: Pick<SettingsDraft, 'change' | 'types'>): void {
  const left = without(draft.change, change);
  const isTokenLeaked = draft.isTokenLeaked && 'SLACK_BOT_TOKEN' in left;
  become({ ...draft, change: left, types: without(draft.types, types), isTokenLeaked });
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
