import { readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Store from 'electron-store';
import { AppError } from '../../shared/errors.ts';
import { type SettingProblem, secretNames } from '../../shared/settings.ts';
import { errorCode } from '../files/error-code.ts';
import { applyChange, type SettingsChange } from './apply-change.ts';
import { fileProblem, readFile } from './read-file.ts';
import { readSavedFile } from './saved-file.ts';
import type { SecretStore } from './secret-store.ts';
import { isGiven } from './setting-layer.ts';

/** What the window saves: DATA/settings.json, its secrets encrypted. */
export interface SavedSettings {
  /** Values by name, secrets in the clear. A damaged file is set aside and reported. */
  read(): Promise<{ values: Record<string, unknown>; problems: SettingProblem[] }>;
  /** What can be read without the keychain; a damaged file counts as empty and stays where it is. */
  readPlain(): Record<string, unknown>;
  /**
   * Throws `forbidden`, and saves nothing, where a secret would be kept as plain text and the user has not chosen
   * that; `storage_failed` where the file cannot be written.
   */
  write(change: SettingsChange, options: { allowPlainText: boolean }): Promise<void>;
}

/** Settings saved in the window; for Electron's main process only: electron-store imports electron. `dataDir` is absolute. */
export function createSavedSettings({
  dataDir,
  secretStore,
}: {
  dataDir: string;
  secretStore: SecretStore;
}): SavedSettings {
  const path = join(dataDir, 'settings.json');

  async function read() {
    const { values, encrypted, corrupt, problems } = readSavedFile(path);
    if (corrupt) return { values, problems: [...problems, ...setAside(path)] };
    for (const name of secretNames) {
      const secret = encrypted[name];
      if (secret === undefined) continue;
      try {
        values[name] = await secretStore.decrypt(secret);
      } catch {
        const message = "The saved secret could not be decrypted with this computer's keychain. Enter it again.";
        problems.push({ source: path, key: name, message });
      }
    }
    return { values, problems };
  }

  async function write(change: SettingsChange, { allowPlainText }: { allowPlainText: boolean }) {
    const kept: SettingsChange = { ...change };
    for (const name of secretNames) {
      const secret = change[name];
      if (isGiven(secret)) kept[name] = await protect(String(secret).trim(), allowPlainText);
    }
    if (readSavedFile(path).corrupt) setAside(path);
    try {
      makePlain(path);
      const store = new Store({
        cwd: dataDir,
        name: 'settings',
        accessPropertiesByDotNotation: false,
        configFileMode: 0o600,
      });
      store.store = applyChange(store.store, kept);
    } catch (thrown) {
      const message = `The settings could not be saved in ${path} (${errorCode(thrown)}). Check its folder's permissions and free space.`;
      throw new AppError('storage_failed', message, { cause: thrown });
    }
  }

  async function protect(secret: string, allowPlainText: boolean): Promise<unknown> {
    if ((await secretStore.protection()) === 'keychain') {
      return { encrypted: await secretStore.encrypt(secret).catch(keychainFailed) };
    }
    if (allowPlainText) return secret;
    const message =
      'Nothing was saved: this computer has no keychain to encrypt the secret with. ' +
      'Allow plain text, or set it in a .env file or the environment.';
    throw new AppError('forbidden', message);
  }

  return { read, readPlain: () => readSavedFile(path).values, write };
}

function keychainFailed(thrown: unknown): never {
  const message = 'Nothing was saved: the keychain would not encrypt the secret. Unlock it and save again.';
  throw new AppError('storage_failed', message, { cause: thrown });
}

/** electron-store reads UTF-8 without a byte order mark alone; what an editor made of the file is written anew for it. */
function makePlain(path: string): void {
  const { text, problems } = readFile(path);
  if (text === '' || problems.length > 0 || readFileSync(path).equals(Buffer.from(text))) return;
  // In one go: where the disk is full, what is there must stay.
  const target = realpathSync(path);
  writeFileSync(`${target}.new`, text, { mode: 0o600 });
  renameSync(`${target}.new`, target);
}

function setAside(path: string): SettingProblem[] {
  const aside = `${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  try {
    renameSync(path, aside);
    return [fileProblem(path, `It was set aside as ${basename(aside)}.`)];
  } catch (thrown) {
    return [fileProblem(path, `It could not be set aside (${errorCode(thrown)}). Rename or delete it.`)];
  }
}
