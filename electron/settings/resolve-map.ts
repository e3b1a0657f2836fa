import { type EntryFault, isMap, isOfCurrentFolder, type MapRow, type SettingPlace } from '../../shared/setting-row.ts';
import type { SettingProblem } from '../../shared/settings.ts';
import { nameHints } from './nearest-name.ts';
import { isGiven, type SettingLayer } from './setting-layer.ts';

/** A map or a list of all layers. */
export interface ResolvedMap {
  value: unknown;
  /** The last layer that says something; null where none does. */
  layer: SettingLayer | null;
  /** Which places say something of each entry, in their order; the last one counts. */
  places: Record<string, SettingPlace[]>;
  problems: SettingProblem[];
  /** Those of the problems that tell of what is not taken from where it stands. */
  notTaken: SettingProblem[];
}

/** An entry, as the last place that has it says it. */
interface Given {
  /** Its key as written there. */
  written: string;
  entry: unknown;
  layer: SettingLayer;
  places: SettingPlace[];
}

/**
 * Merges a map entry by entry over its default; of lists the last one counts. What of an entry cannot be used becomes a
 * problem and counts as absent, alone.
 */
export function resolveMap(row: MapRow, layers: readonly SettingLayer[]): ResolvedMap {
  const isList = Array.isArray(row.default);
  const problems: SettingProblem[] = [];
  const notTaken: SettingProblem[] = [];
  const given = new Map<string, Given>();
  const hint = hintsFor(row);
  const refuse = ({ layer, written }: Pick<Given, 'layer' | 'written'>, fault: EntryFault) => {
    const { path, message, known, isNotTaken } = fault;
    const near = known === undefined ? null : hint(known, String(path.at(-1) ?? written));
    const key = [row.name, written, ...path].map(String).join('.');
    const hinted = near === null ? message : `${message} Did you mean ${near}?`;
    const problem = { source: layer.source, key, message: hinted };
    problems.push(problem);
    if (isNotTaken) notTaken.push(problem);
  };
  let last: SettingLayer | null = null;
  for (const layer of layers) {
    const whole = layer.values[row.name];
    if (!isGiven(whole)) continue;
    last = layer;
    if (isList) given.clear();
    if (isList ? !Array.isArray(whole) : !isMap(whole)) {
      problems.push({ source: layer.source, key: row.name, message: isList ? expectations.list : expectations.map });
      continue;
    }
    for (const [written, entry] of Object.entries(whole ?? {})) {
      const { data: key, error } = row.keyRule.safeParse(written);
      if (key === undefined) {
        const message = error?.issues[0]?.message ?? '';
        refuse({ layer, written }, { path: [], message, known: row.knownNames });
        continue;
      }
      const former = given.get(key);
      if (former?.layer === layer) {
        refuse(
          { layer, written },
          { path: [], message: `${former.written} is the same one. The later of the two counts.` },
        );
      }
      given.set(key, { written, entry, layer, places: [...(former?.places ?? []), layer.origin] });
    }
  }

  const usable = new Map<string, unknown>();
  for (const [key, each] of given) {
    // An empty entry leaves the default.
    if (!isGiven(each.entry) && !isList) continue;
    const read = isOfCurrentFolder(each.layer.origin) ? (row.readStrangers ?? row.readEntry) : row.readEntry;
    const { value, faults } = read(each.entry);
    if (value !== undefined) usable.set(key, value);
    for (const fault of faults) refuse(each, fault);
  }
  const value = isList ? [...usable.values()] : { ...row.default, ...Object.fromEntries(usable) };
  return {
    value: isList && last === null ? row.default : value,
    layer: last,
    places: Object.fromEntries([...given].map(([key, { places }]) => [key, places])),
    problems,
    notTaken,
  };
}

/** The nearest of known names, where not too many are unknown. */
function hintsFor({ knownNames }: MapRow): (known: readonly string[], name: string) => string | null {
  const hints = new Map<readonly string[], (name: string) => string | null>();
  hints.set(knownNames, nameHints(knownNames));
  return (known, name) => {
    const nearest = hints.get(known) ?? nameHints(known);
    hints.set(known, nearest);
    return nearest(name);
  };
}

const expectations = {
  map: 'Expected a map: one indented `name: value` on each line.',
  list: 'Expected a list: an indented `- ` before each entry.',
};
