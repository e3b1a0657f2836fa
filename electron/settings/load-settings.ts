import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { type SettingOrigin, type SettingProblem, settingNames } from '../../shared/settings.ts';
import { createConfigFile, readConfigFile } from './config-file.ts';
import { readFile } from './read-file.ts';
import { rememberFile } from './remember-file.ts';
import { type LoadedSettings, resolveSettings, type SettingLayer } from './resolve-settings.ts';

interface SettingPlaces {
  /** Absolute path of DATA. */
  dataDir: string;
  /** The current folder, absolute. */
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** What settings.json holds, by name, secrets decrypted. */
  saved?: Readonly<Record<string, unknown>> | undefined;
  /** The commented config.yml; copied to DATA on first start. Nothing is created without it. */
  templatePath?: string | undefined;
}

/** More are not listed: nobody reads them, and most would come of one mistake. */
const mostProblems = 100;

/**
 * All settings from all places, checked. Never throws for what a person wrote: every bad value is in `problems` and
 * counts as absent. Order, later wins: defaults, DATA/config.yml, `saved`, .env, DATA/.env, environment. The files are
 * read when they have changed since the last call.
 */
export function loadSettings({ dataDir, cwd, env, saved = {}, templatePath }: SettingPlaces): LoadedSettings {
  const configPath = join(dataDir, 'config.yml');
  const created = templatePath === undefined ? [] : createConfigFile(configPath, templatePath);
  const config = configFile(configPath);
  const here = envLayer(join(cwd, '.env'), '.env');
  const data = envLayer(join(dataDir, '.env'), 'DATA/.env');
  const layers: SettingLayer[] = [
    { origin: 'config.yml', source: configPath, values: config.values },
    { origin: 'settings.json', source: join(dataDir, 'settings.json'), values: saved },
    here.layer,
    data.layer,
    { origin: 'environment', source: 'environment', values: onlySettings(env) },
  ];
  const resolved = resolveSettings(layers, { dataDir, cwd, exists: existsSync });
  const problems = [...created, ...config.problems, ...here.problems, ...data.problems, ...resolved.problems];
  return { ...resolved, problems: problems.slice(0, mostProblems) };
}

const configFile = rememberFile(readConfigFile);
const envFile = rememberFile(readEnvFile);

function envLayer(source: string, origin: SettingOrigin): { layer: SettingLayer; problems: SettingProblem[] } {
  const { values, problems } = envFile(source);
  return { layer: { origin, source, values }, problems };
}

function readEnvFile(path: string): { values: SettingLayer['values']; problems: SettingProblem[] } {
  const { text, problems } = readFile(path);
  return { values: onlySettings(parse(withoutGaps(text))), problems };
}

/** dotenv takes 8 s for 64 kB of empty lines: from each it looks on through all that follow. */
function withoutGaps(text: string): string {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
  return lines.filter((line, index) => line.trim() !== '' || lines[index - 1]?.trim() !== '').join('\n');
}

/** An environment is full of other programs' names, and has text only, no maps. */
function onlySettings(values: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(settingNames.map((name) => [name, values[name]]));
}
