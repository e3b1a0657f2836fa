import { z } from 'zod';
import { type SecretName, type SettingProblem, secretNames } from '../../shared/settings.ts';
import { fileProblem, readFile } from './read-file.ts';

/** settings.json: values by setting name; a secret is an object, or plain text where the user chose that. */
const encryptedSchema = z.object({ encrypted: z.base64() });
const fileSchema = z.record(z.string(), z.unknown());

/** Where settings.json keeps whose desktop this is. No setting: nothing else may say it. */
export const ownerKey = 'desk_owner';
/** Where settings.json keeps for which origin each of its secrets was saved. No setting either. */
export const secretOriginsKey = 'secret_origins';

interface SavedFile {
  /** Everything that can be read without the keychain. */
  values: Record<string, unknown>;
  /** Secrets in base64, by name. */
  encrypted: Partial<Record<SecretName, string>>;
  /** The file is there and is no JSON object. */
  corrupt: boolean;
  problems: SettingProblem[];
}

/** Reads settings.json without the keychain, so that plain Node can use it too. */
export function readSavedFile(path: string): SavedFile {
  const { text, problems } = readFile(path);
  const content = fileSchema.safeParse(problems.length > 0 ? {} : parseJson(text));
  if (!content.success) {
    const problem = fileProblem(
      path,
      'The file is damaged: expected one JSON object. What was saved there is not used.',
    );
    return { values: {}, encrypted: {}, corrupt: true, problems: [problem] };
  }
  const values = { ...content.data };
  const encrypted: SavedFile['encrypted'] = {};
  for (const name of secretNames) {
    const secret = encryptedSchema.safeParse(values[name]);
    if (!secret.success) continue;
    encrypted[name] = secret.data.encrypted;
    delete values[name];
  }
  return { values, encrypted, corrupt: false, problems };
}

/** What the text says: nothing where there is no file; undefined where it is no JSON. */
function parseJson(text: string): unknown {
  try {
    return text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}
