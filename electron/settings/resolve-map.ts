import { isMap, type MapRow } from '../../shared/setting-row.ts';
import type { SettingProblem } from '../../shared/settings.ts';
import { nameHints } from './nearest-name.ts';
import { isGiven, type SettingLayer } from './setting-layer.ts';

/**
 * Merges a map entry by entry over its default; of lists the last one counts. An entry that cannot be used becomes a problem
 * and counts as absent, alone. `layer`: the last one that says something; null where none does.
 */
export function resolveMap(
  row: MapRow,
  layers: readonly SettingLayer[],
): { value: unknown; layer: SettingLayer | null; problems: SettingProblem[] } {
  const isList = Array.isArray(row.default);
  const problems: SettingProblem[] = [];
  const given = new Map<string, { entry: unknown; source: string }>();
  let last: SettingLayer | null = null;
  for (const layer of layers) {
    const { source } = layer;
    const whole = layer.values[row.name];
    if (!isGiven(whole)) continue;
    last = layer;
    if (isList) given.clear();
    if (isList ? Array.isArray(whole) : isMap(whole)) {
      for (const [key, entry] of Object.entries(whole ?? {})) given.set(key, { entry, source });
    } else problems.push({ source, key: row.name, message: isList ? expectations.list : expectations.map });
  }

  const usable = new Map<string, unknown>();
  const nearest = nameHints(row.knownNames);
  for (const [key, { entry, source }] of given) {
    const refuse = (path: readonly PropertyKey[], message: string, unknown?: string) => {
      const near = unknown === undefined ? null : nearest(unknown);
      const hint = near === null ? '' : ` Did you mean ${near}?`;
      problems.push({ source, key: [row.name, key, ...path].map(String).join('.'), message: message + hint });
    };
    const checkedKey = row.keyRule.safeParse(key);
    if (!checkedKey.success) {
      refuse([], checkedKey.error.issues[0]?.message ?? '', key);
      continue;
    }
    // An empty entry leaves the default.
    if (!isGiven(entry) && key in row.default) continue;
    const checked = row.entryRule.safeParse(entry);
    if (checked.success) usable.set(key, checked.data);
    for (const issue of checked.error?.issues ?? []) {
      if (issue.code !== 'unrecognized_keys') refuse(issue.path, issue.message);
      else for (const name of issue.keys) refuse([...issue.path, name], issue.message, name);
    }
  }
  const value = isList ? [...usable.values()] : { ...row.default, ...Object.fromEntries(usable) };
  return { value: isList && last === null ? row.default : value, layer: last, problems };
}

const expectations = {
  map: 'Expected a map: one indented `name: value` on each line.',
  list: 'Expected a list: an indented `- ` before each entry.',
};
