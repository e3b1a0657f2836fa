import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type SecretName, type SettingProblem, secretNames } from '../../shared/settings.ts';
import { applyChange, type SettingsChange } from './apply-change.ts';
import { keepLastGood } from './last-good.ts';
import { configFiles, type LoadedSettings, loadSettingsPatiently, savedOrigins } from './load-settings.ts';
import { secretOriginsKey } from './saved-file.ts';
import type { SavedSettings } from './saved-settings.ts';
import type { SecretUse } from './secret-origins.ts';
import { isGiven } from './setting-layer.ts';
import { createUsedOrigins } from './used-origins.ts';

export interface SettingsSourceDeps {
  dataDir: string;
  /** The folder whose `.env` counts; null: none does. */
  cwd: string | null;
  env: Readonly<Record<string, string | undefined>>;
  saved: SavedSettings;
  templatePath?: string;
  /** Whether a file that a setting names is there; asks this machine's disks unless given. */
  isThere?: ((path: string) => Promise<boolean>) | undefined;
}

/** The settings from all places, and what each secret in them was meant for. */
export interface SettingsSource {
  /** The settings as they are, and as they would be with what is typed and not saved yet. */
  load(
    change: SettingsChange,
  ): Promise<Record<'before' | 'after', LoadedSettings> & { savedProblems: SettingProblem[] }>;
  /** What settings.json shall say of the origins of its secrets beside this change; `after`: the settings with it. */
  originsAfter(change: SettingsChange, after: LoadedSettings): SettingsChange;
  /**
   * Notes that these settings are at work from now on: each of their secrets belongs to the origin that it goes to. Throws
   * `storage_failed`.
   */
  bind(loaded: LoadedSettings): Promise<void>;
  /** Notes that these secrets are sent, as a trial or because a person allowed it; saved ones are not. Throws `storage_failed`. */
  bindGiven(uses: readonly SecretUse[]): void;
}

export function createSettingsSource({
  saved,
  isThere = async (path) => existsSync(path),
  ...given
}: SettingsSourceDeps): SettingsSource {
  const places = { ...given, readConfig: keepLastGood(configFiles) };
  const known = createUsedOrigins(join(places.dataDir, 'secret-origins.json'));

  async function load(change: SettingsChange) {
    const { values, problems: savedProblems } = await saved.read();
    const before = await loadSettingsPatiently({ ...places, saved: values, used: known.used }, isThere);
    if (Object.keys(change).length === 0) return { before, after: before, savedProblems };
    // Whatever is at work now belongs to where it goes now, also what was never noted.
    const changed = {
      ...applyChange(values, change),
      [secretOriginsKey]: { ...newOrigins(before.uses), ...savedOrigins(values) },
    };
    const afterChange = {
      ...places,
      saved: changed,
      used: (name: SecretName, secret: string) =>
        known.used(name, secret) ?? before.uses.find((use) => use.name === name && use.secret === secret),
      entered: secretNames.filter((name) => isGiven(change[name])),
    };
    const after = await loadSettingsPatiently(afterChange, isThere);
    return { before, after, savedProblems };
  }

  function bindGiven(uses: readonly SecretUse[]): void {
    known.remember(uses.filter(({ from }) => from !== 'settings.json'));
  }

  return {
    load,
    originsAfter(change, { uses }) {
      const stored = savedOrigins(saved.readPlain());
      const changed = secretNames.filter((name) => name in change);
      const kept = Object.entries(stored).filter(([name]) => !changed.some((each) => each === name));
      return { [secretOriginsKey]: nullIfEmpty({ ...newOrigins(uses), ...Object.fromEntries(kept) }) };
    },
    async bind({ uses, settings }) {
      // A key that is not allowed yet goes nowhere.
      bindGiven(uses.filter(({ name }) => name !== 'OPENAI_API_KEY' || settings.openai.allowed));
      const stored = savedOrigins(saved.readPlain());
      const origins = { ...newOrigins(uses), ...stored };
      if (Object.keys(origins).length === Object.keys(stored).length) return;
      await saved.write({ [secretOriginsKey]: origins }, { allowPlainText: false });
    },
    bindGiven,
  };
}

/** The origins that these saved secrets are for, where nothing else is noted. */
function newOrigins(uses: readonly SecretUse[]): Partial<Record<SecretName, string>> {
  return Object.fromEntries(
    uses.filter(({ from }) => from === 'settings.json').map(({ name, origin }) => [name, origin]),
  );
}

function nullIfEmpty<T extends object>(values: T): T | null {
  return Object.keys(values).length === 0 ? null : values;
}
