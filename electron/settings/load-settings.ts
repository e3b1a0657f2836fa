import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type SecretName, type SettingProblem, secretNames } from '../../shared/settings.ts';
import { type ConfigFile, createConfigFile, readConfigFile } from './config-file.ts';
import { isSameFolder, withoutMovedConsent } from './current-folder.ts';
import { permitted } from './permitted.ts';
import { readEnvFile, strangeNames } from './read-env-file.ts';
import { rememberFile } from './remember-file.ts';
import { resolveSettings } from './resolve-settings.ts';
import { secretOriginsKey } from './saved-file.ts';
import { type JudgedSettings, judgeSecrets, type KnownOrigins } from './secret-origins.ts';
import { type ToldSettings, toldOf } from './told-settings.ts';
import { withoutUnknownRules } from './unknown-rules.ts';

interface SettingPlaces {
  /** Absolute path of DATA. */
  dataDir: string;
  /** The current folder, absolute; null where it does not count. */
  cwd: string | null;
  env: Readonly<Record<string, string | undefined>>;
  /** What settings.json holds, by name, secrets decrypted. */
  saved?: Readonly<Record<string, unknown>> | undefined;
  /** Secrets in settings.json that only the app can decrypt, where this is not the app. */
  sealed?: readonly string[] | undefined;
  /** Where secrets from elsewhere were sent; nowhere yet unless given. */
  used?: KnownOrigins['used'] | undefined;
  /** Secrets of `saved` that a person has just typed. */
  entered?: readonly SecretName[] | undefined;
  /** The commented config.yml; copied to DATA on first start. Nothing is created without it. */
  templatePath?: string | undefined;
  /** Whether a file that a setting names is there; asks this machine's disks, however long they take, unless given. */
  exists?: ((path: string) => boolean) | undefined;
  /** Reads config.yml; as it is now unless given. */
  readConfig?: ConfigReaders | undefined;
}

/** All settings; those secrets are absent that were not meant for the address that is set. */
export type LoadedSettings = JudgedSettings & ToldSettings;

/** More are not listed: nobody reads them, and most would come of one mistake. */
const mostProblems = 100;

/**
 * All settings from all places, checked. Never throws for what a person wrote: every bad value is in `problems` and
 * counts as absent. Order, later wins: defaults, config.yml of the current folder, DATA/config.yml, `saved`, .env, DATA/.env,
 * environment. The files are read when they have changed since the last call.
 */
export function loadSettings(places: SettingPlaces): LoadedSettings {
  const { dataDir, cwd, env, saved = {}, used = () => undefined, entered = [], templatePath } = places;
  const { exists = existsSync, sealed = [], readConfig = configFiles } = places;
  const { own: configPath, here: herePath } = configFilesOf(places);
  const savedPath = join(dataDir, 'settings.json');
  const created = templatePath === undefined ? [] : createConfigFile(configPath, templatePath);
  const hereFile = herePath === null ? null : { path: herePath, ...readConfig.strangers(herePath) };
  const ownFile = { path: configPath, ...readConfig.own(configPath) };
  const said = [
    ...(hereFile === null ? [] : [configPlace('./config.yml', hereFile)]),
    configPlace('config.yml', ownFile),
    permitted({ origin: 'settings.json', source: savedPath, values: saved, problems: strangeNames(saved, savedPath) }),
    ...(herePath === null ? [] : [envPlace('.env', dirname(herePath))]),
    envPlace('DATA/.env', dataDir),
    permitted({
      origin: 'environment',
      source: 'environment',
      values: env,
      problems: strangeNames(env, 'environment'),
    }),
  ];
  const layers = said.map(({ layer }) => layer);
  const meant = withoutMovedConsent(resolveSettings(layers, { dataDir, cwd, exists }, sealed), cwd);
  const unknown = [ownFile, ...(hereFile === null ? [] : [hereFile])].filter(({ isUnknown }) => isUnknown);
  const resolved = withoutUnknownRules(meant, unknown);
  const judged = judgeSecrets(
    resolved,
    { saved: savedOrigins(saved), used, entered, savedAddress: (name) => saved[name] },
    (place) => layers.find(({ origin }) => origin === place)?.source ?? place,
  );
  const problems = [
    ...created,
    ...unreadable(judged, sealed, savedPath),
    ...said.flatMap((each) => each.problems),
    ...judged.problems,
  ];
  const notTaken = [...said.flatMap((each) => each.notTaken), ...judged.notTaken];
  const told = toldOf(judged, layers, { notTaken, problems });
  return { ...judged, ...told, notTaken, problems: problems.slice(0, mostProblems) };
}

/** DATA/config.yml, and that of the current folder; null where that folder is none of its own, or does not count. */
function configFilesOf({ dataDir, cwd }: Pick<SettingPlaces, 'dataDir' | 'cwd'>) {
  const hereCounts = cwd !== null && !isSameFolder(cwd, dataDir);
  return { own: join(dataDir, 'config.yml'), here: hereCounts ? join(cwd, 'config.yml') : null };
}

/** Every config.yml that counts, there or not; absolute paths. */
export function configPaths(places: Pick<SettingPlaces, 'dataDir' | 'cwd'>): string[] {
  const { own, here } = configFilesOf(places);
  return [own, ...(here === null ? [] : [here])];
}

/**
 * Loads as `loadSettings`, where a file that a setting names may lie on a share that hangs: `isThere` is asked about it.
 * Rejects as that does.
 */
export async function loadSettingsPatiently(
  places: Omit<SettingPlaces, 'exists'>,
  isThere: (path: string) => Promise<boolean>,
): Promise<LoadedSettings> {
  const known = new Map<string, boolean>();
  for (;;) {
    const asked = new Set<string>();
    const exists = (path: string) => known.get(path) ?? !asked.add(path);
    const loaded = loadSettings({ ...places, exists });
    if (asked.size === 0) return loaded;
    for (const path of asked) known.set(path, await isThere(path));
  }
}

/** What to do where OpenAI may be asked, and its key was saved for the app alone. */
function unreadable(
  { settings: { openai }, origins }: JudgedSettings,
  sealed: readonly string[],
  source: string,
): SettingProblem[] {
  if (!openai.allowed || origins.OPENAI_API_KEY !== 'default' || !sealed.includes('OPENAI_API_KEY')) return [];
  const message = 'It was saved in the window, for the app alone. Set it here in the environment or in a .env file.';
  return [{ source, key: 'OPENAI_API_KEY', message }];
}

/** The origin that each secret in settings.json was saved for. What is damaged there is none. */
export function savedOrigins(saved: Readonly<Record<string, unknown>>): Partial<Record<SecretName, string>> {
  return savedOriginsSchema.safeParse(saved[secretOriginsKey]).data ?? {};
}

const savedOriginsSchema = z.partialRecord(z.enum(secretNames), z.string());

function envPlace(origin: '.env' | 'DATA/.env', folder: string) {
  const source = join(folder, '.env');
  return permitted({ origin, source, ...(origin === '.env' ? strangersEnvFile : ownEnvFile)(source) });
}

function configPlace(origin: 'config.yml' | './config.yml', { path, values, problems }: ConfigFile & { path: string }) {
  return permitted({ origin, source: path, values, problems });
}

/** Reads a config.yml of ours, or one of the current folder. */
export interface ConfigReaders {
  own(path: string): ConfigFile;
  strangers(path: string): ConfigFile;
}

export const configFiles: ConfigReaders = {
  own: rememberFile((path) => readConfigFile(path, true)),
  strangers: rememberFile((path) => readConfigFile(path, false)),
};
const ownEnvFile = rememberFile((path) => readEnvFile(path, true));
const strangersEnvFile = rememberFile((path) => readEnvFile(path, false));
