import { z } from 'zod';
import { mapRows, settingRows } from './settings-table.ts';

type Single = (typeof settingRows)[number];
type Mapped = (typeof mapRows)[number];
type Row = Single | Mapped;

/** Every setting. */
export const allRows: readonly Row[] = [...settingRows, ...mapRows];

/** The names of the settings with single values: the same in config.yml, settings.json, .env files and the environment. */
export const settingNames = settingRows.map(({ name }) => name);
export type SettingName = Single['name'];

/** The names of those with a map or a list, which only files hold. */
export const mapNames = mapRows.map(({ name }) => name);
export type MapName = Mapped['name'];
export type AnySettingName = Row['name'];

/** Write-only from the window, encrypted at rest, refused in config.yml, redacted from log files. */
const secretRows = settingRows.flatMap((row) => (row.secret === null ? [] : [row]));
export const secretNames = secretRows.map(({ name }) => name);
export type SecretName = (typeof secretNames)[number];

/** The secrets that are bound to the address of another setting. */
export const boundSecrets = secretRows
  .filter((row): row is BoundRow => row.secret.sentTo !== null)
  .map(({ name, secret }) => ({ name, ...secret }));
type BoundRow = Extract<(typeof secretRows)[number], { secret: { sentTo: string } }>;
/** The settings that say which address a secret is sent to. */
export type SecretAddress = (typeof boundSecrets)[number]['sentTo'];

type ValueOf<R extends Row> = R extends Single ? R['form']['default'] : R extends Mapped ? R['default'] : never;
type PartName = Row['part'];

/** All settings after merging and checking, by part and key; null where nothing usable was given and there is no default. */
export type Settings = {
  [Part in PartName]: { [R in Extract<Row, { part: Part }> as R['key']]: ValueOf<R> };
};

/** The settings, if there is a value for each: the table says of which type. */
export function areSettings(parts: Record<string, Record<string, unknown>>): parts is Settings {
  return allRows.every(({ part, key }) => parts[part]?.[key] !== undefined);
}

/** The value of each map and list, by name. */
export type MapValues = { [R in Mapped as R['name']]: R['default'] };

/** Whether there is a value for each map and list: the table says of which type. */
export function areMaps(values: Record<string, unknown>): values is MapValues {
  return mapNames.every((name) => typeof values[name] === 'object' && values[name] !== null);
}

/** What goes on with a new value of the setting with this name; null where none has it. */
export function partOf(name: string): PartName | null {
  return allRows.find((row) => row.name === name)?.part ?? null;
}

/** A value that was given and cannot be used. */
export const settingProblemSchema = z.object({
  /** File path, or `environment`. */
  source: z.string(),
  /** Empty where the whole file is meant. */
  key: z.string(),
  /** What is wrong and which form is expected; never contains the value of a secret. */
  message: z.string(),
});
export type SettingProblem = z.infer<typeof settingProblemSchema>;

/** The problem in one line: what, where, why. */
export function describeProblem({ source, key, message }: SettingProblem): string {
  return key === '' ? `${source}: ${message}` : `${key} (${source}): ${message}`;
}
