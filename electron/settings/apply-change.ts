import { isMap } from '../../shared/setting-row.ts';
import { type AnySettingName, mapNames } from '../../shared/settings.ts';
import type { ownerKey, secretOriginsKey } from './saved-file.ts';
import { isGiven } from './setting-layer.ts';

/** What to save, by name; null or empty text forgets it. Entries that a map does not name stay. */
export type SettingsChange = Partial<Record<AnySettingName | typeof ownerKey | typeof secretOriginsKey, unknown>>;

/** What settings.json holds once the change is saved there. */
export function applyChange(saved: Readonly<Record<string, unknown>>, change: SettingsChange): Record<string, unknown> {
  const changed: Record<string, unknown> = { ...saved, ...change };
  for (const name of mapNames) {
    const entries = change[name];
    if (isMap(entries)) changed[name] = mergeMaps(saved[name], entries);
  }
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => isGiven(value)));
}

/** null where nothing is left. */
function mergeMaps(saved: unknown, change: Record<string, unknown>): Record<string, unknown> | null {
  const merged = { ...(isMap(saved) ? saved : {}), ...change };
  const kept = Object.entries(merged).filter(([, value]) => isGiven(value));
  return kept.length === 0 ? null : Object.fromEntries(kept);
}
