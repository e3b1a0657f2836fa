import { isGiven, isMap } from './resolve-settings.ts';
import type { SettingsChange } from './saved-settings.ts';

/** What settings.json holds once the change is saved there. */
export function applyChange(saved: Readonly<Record<string, unknown>>, change: SettingsChange): Record<string, unknown> {
  const changed = { ...saved, ...change };
  const types = change.label_to_issue_type;
  if (isMap(types)) changed['label_to_issue_type'] = mergeMaps(saved['label_to_issue_type'], types);
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => isGiven(value)));
}

/** null where nothing is left. */
function mergeMaps(saved: unknown, change: Record<string, unknown>): Record<string, unknown> | null {
  const merged = { ...(isMap(saved) ? saved : {}), ...change };
  const kept = Object.entries(merged).filter(([, value]) => isGiven(value));
  return kept.length === 0 ? null : Object.fromEntries(kept);
}
