import { delimiter, isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import type { Form } from '../../shared/setting-forms.ts';
import { type SettingOrigin, type SettingPlace, type SettingRow, settingOrigins } from '../../shared/setting-row.ts';
import {
  type AnySettingName,
  boundSecrets,
  type MapName,
  mapNames,
  type SettingProblem,
  type Settings,
  settingNames,
} from '../../shared/settings.ts';
import { mapRows, settingRows } from '../../shared/settings-table.ts';
import { entryPlacesSchema } from '../../shared/settings-view.ts';
import { writtenPath } from '../files/written-path.ts';
import { resolveMap } from './resolve-map.ts';
import { isGiven, type SettingLayer } from './setting-layer.ts';
import { settingsOf } from './settings-values.ts';

/** Merged and checked, before it is judged whether each secret may go to its address. */
export interface ResolvedSettings {
  settings: Settings;
  /** Where the value that counts came from, also where it cannot be used. */
  origins: Record<AnySettingName, SettingOrigin>;
  problems: SettingProblem[];
  /** Those of the problems that tell of what is not taken from where it stands. */
  notTaken: SettingProblem[];
  /** Which places say something of each entry of a map or a list, in their order; the last one counts. */
  entryPlaces: Record<MapName, Record<string, SettingPlace[]>>;
}

/** What relative paths are looked for in. */
export interface PathContext {
  dataDir: string;
  /** null: there is no current folder that counts. */
  cwd: string | null;
  exists: (path: string) => boolean;
}

const originsSchema = z.record(z.enum([...settingNames, ...mapNames]), z.enum(settingOrigins));

/**
 * One result from all layers; the last one that says something about a name wins. A value that cannot be used
 * becomes a problem and counts as absent: it never lets an earlier layer through. Where an address is wrong, the
 * credentials meant for it are absent too, so that they are not sent to the default address instead.
 *
 * @param sealed Names of settings that are saved and cannot be decrypted here.
 */
export function resolveSettings(
  layers: readonly SettingLayer[],
  paths: PathContext,
  sealed: readonly string[] = [],
): ResolvedSettings {
  const problems: SettingProblem[] = [];
  const values = new Map<string, unknown>();
  /** Where the value that counts stands. */
  const found = new Map<string, SettingLayer>();
  const broken = new Set<string>();

  function refuse({ name, form }: SettingRow, message: string): void {
    problems.push({ source: found.get(name)?.source ?? '', key: name, message });
    broken.add(name);
    values.set(name, form.default);
  }

  for (const row of settingRows) {
    const { name, form } = row;
    values.set(name, form.default);
    const layer = layers.findLast((each) => isGiven(each.values[name]));
    if (layer === undefined) continue;
    found.set(name, layer);
    const text = asText(form.kind === 'list' ? inOneText(layer.values[name]) : layer.values[name]);
    const checked = text === null ? null : form.rule.safeParse(placed(form.kind, text, paths));
    const gone = form.kind === 'file' && text !== null ? missing(text, paths) : null;
    if (gone !== null) problems.push({ source: layer.source, key: name, message: gone });
    if (checked?.success) values.set(name, checked.data);
    else refuse(row, checked?.error.issues[0]?.message ?? 'Expected a single value, not a list or a map.');
  }
  for (const row of settingRows) {
    const { suits } = row.form;
    const value = values.get(row.name);
    if (suits === undefined || typeof value !== 'string') continue;
    if (!suits.check(value, (name) => values.get(name))) refuse(row, suits.message);
  }
  for (const { name, needs, form } of settingRows) {
    const source = found.get(name)?.source;
    if (needs === undefined || source === undefined || values.get(name) === form.default) continue;
    // Whatever is wrong with a value that was given is told with it.
    if (found.has(needs.setting) || sealed.includes(needs.setting)) continue;
    problems.push({ source, key: name, message: needs.otherwise });
  }
  for (const { name, sentTo } of boundSecrets) {
    const hasDefault = values.get(sentTo) !== null;
    if (broken.has(sentTo) && hasDefault) values.set(name, null);
  }
  const notTaken: SettingProblem[] = [];
  const entryPlaces: Record<string, Record<string, SettingPlace[]>> = {};
  for (const row of mapRows) {
    const resolved = resolveMap(row, layers);
    values.set(row.name, resolved.value);
    if (resolved.layer !== null) found.set(row.name, resolved.layer);
    problems.push(...resolved.problems);
    notTaken.push(...resolved.notTaken);
    entryPlaces[row.name] = resolved.places;
  }
  return {
    settings: settingsOf((name) => values.get(name)),
    origins: originsSchema.parse(
      Object.fromEntries(originsSchema.keyType.options.map((name) => [name, found.get(name)?.origin ?? 'default'])),
    ),
    problems,
    notTaken,
    entryPlaces: entryPlacesSchema.parse(entryPlaces),
  };
}

/** A file may hold a number or a boolean where text is meant: `JIRA_PROJECT_KEY: 10000`. */
function asText(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() || null;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** The value as one text: in a file, several of a kind may stand as a list. */
function inOneText(value: unknown): unknown {
  return Array.isArray(value) ? value.map(asText).join(',') : value;
}

/** Paths become absolute. Where a relative file is in neither folder, whoever opens it says so, and names the data folder. */
function placed(kind: Form<unknown>['kind'], text: string, paths: PathContext): string | string[] {
  if (kind === 'folders') return listedFolders(text).map((folder) => resolve(paths.dataDir, writtenPath(folder)));
  if (kind !== 'file') return text;
  const candidates = candidatesOf(text, paths);
  // A single one is not asked about: it may lie on a share that hangs, and whoever opens it says what is wrong.
  return (candidates.length > 1 && candidates.find(paths.exists)) || (candidates[0] ?? text);
}

/** Where a file is looked for, absolute; the data folder first. */
function candidatesOf(text: string, { dataDir, cwd }: PathContext): string[] {
  const path = writtenPath(text);
  if (isAbsolute(path)) return [resolve(path)];
  return [dataDir, ...(cwd === null ? [] : [cwd])].map((folder) => resolve(folder, path));
}

/** What to say of a relative path that is in none of several folders; null where whoever opens the file says it. */
function missing(text: string, paths: PathContext): string | null {
  const candidates = candidatesOf(text, paths);
  if (candidates.length < 2 || candidates.some(paths.exists)) return null;
  return `There is no such file. Looked for ${candidates.join(' and ')}.`;
}

function listedFolders(text: string): string[] {
  return (
    text
      .split(/\r?\n/)
      // Not at the colon of `file:/` or `file://`.
      .flatMap((line) => line.split(delimiter === ':' ? /(?<!(?:^|[:\s"'“])file):(?!\/\/)/i : delimiter))
      .map((folder) => folder.trim())
      .filter(Boolean)
  );
}
