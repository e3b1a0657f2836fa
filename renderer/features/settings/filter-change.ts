import { isMap } from '../../../shared/setting-row.ts';
import { type AnySettingName, mapNames, settingNames } from '../../../shared/settings.ts';
import type { SettingChange } from '../../../shared/settings-view.ts';

/** Judges the value of a setting (`key` is null), or one entry of a map. */
export type ChangeFilter = (name: AnySettingName, value: unknown, key: string | null) => boolean;

/** The part of a change that the filter keeps; a map of which nothing is left is left out. */
export function filterChange(change: SettingChange, isKept: ChangeFilter): SettingChange {
  const kept = { ...change };
  for (const name of settingNames) {
    if (name in kept && !isKept(name, kept[name], null)) delete kept[name];
  }
  for (const name of mapNames) {
    const value = kept[name];
    if (!isMap(value)) {
      if (name in kept && !isKept(name, value, null)) delete kept[name];
      continue;
    }
    const entries = Object.entries(value).filter(([key, entry]) => isKept(name, entry, key));
    if (entries.length === 0) delete kept[name];
    else kept[name] = Object.fromEntries(entries);
  }
  return kept;
}

/** The value, or the entry, that the filter is asked about, as it stands here. */
export function valueAt(
  values: Partial<Record<AnySettingName, unknown>>,
  name: AnySettingName,
  key: string | null,
): unknown {
  const value = values[name];
  return key !== null && isMap(value) ? value[key] : value;
}
