import { delimiter } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  type AnySettingName,
  allRows,
  areMaps,
  areSettings,
  type MapValues,
  mapNames,
  type SecretName,
  type SettingName,
  type Settings,
} from '../../shared/settings.ts';
import { settingRows } from '../../shared/settings-table.ts';

/** The settings, made of one value for each name. Throws where one is undefined. */
export function settingsOf(valueFor: (name: AnySettingName) => unknown): Settings {
  const parts: Record<string, Record<string, unknown>> = {};
  for (const { name, part, key } of allRows) parts[part] = { ...parts[part], [key]: valueFor(name) };
  if (!areSettings(parts)) throw new Error('A setting has no value.');
  return parts;
}

export function withoutSecrets(settings: Settings, names: ReadonlySet<SecretName>): Settings {
  const isTakenOut = (name: AnySettingName) => [...names].some((each) => each === name);
  return settingsOf((name) => (isTakenOut(name) ? null : valueIn(settings, name)));
}

/** The values of all maps and lists. */
export function mapsIn(settings: Settings): MapValues {
  const maps = Object.fromEntries(mapNames.map((name) => [name, valueIn(settings, name)]));
  if (!areMaps(maps)) throw new Error('A map or a list has no value.');
  return maps;
}

/** The value in its normal form, as text; secrets too. null where there is none. */
export function textIn(settings: Settings, name: SettingName): string | null {
  const value = valueIn(settings, name);
  if (!Array.isArray(value)) return value === null ? null : String(value);
  const isOfFolders = settingRows.find((row) => row.name === name)?.form.kind === 'folders';
  return value.length === 0 ? null : value.join(isOfFolders ? delimiter : ', ');
}

function valueIn(settings: Settings, name: AnySettingName): unknown {
  const parts: Record<string, Record<string, unknown>> = settings;
  const row = allRows.find((each) => each.name === name);
  return row === undefined ? undefined : parts[row.part]?.[row.key];
}

/** The names of settings that are not as they were; all where there were none. */
export function changedNames(before: Settings | null, after: Settings): AnySettingName[] {
  return allRows
    .map(({ name }) => name)
    .filter((name) => before === null || !isDeepStrictEqual(valueIn(before, name), valueIn(after, name)));
}
