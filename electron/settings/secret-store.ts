import type { SafeStorage } from 'electron';

/** `plain_text`: this machine has no keychain that Electron can use, so anyone who can read the file can read it. */
type Protection = 'keychain' | 'plain_text';

/** Encrypts secrets with the system's keychain. Encrypted text is base64. */
export interface SecretStore {
  protection(): Promise<Protection>;
  encrypt(secret: string): Promise<string>;
  /** Rejects where the keychain is locked or another one than it was encrypted with. */
  decrypt(encrypted: string): Promise<string>;
}

type AsyncCalls = 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync';
type SyncCalls = 'isEncryptionAvailable' | 'encryptString' | 'decryptString';
/** Electron 33 has the synchronous calls only, 46 will have the asynchronous ones only. */
type AnySafeStorage = Partial<Pick<SafeStorage, AsyncCalls | SyncCalls | 'getSelectedStorageBackend'>>;

/** Use it only after Electron's `ready`. */
export function createSecretStore(safeStorage: AnySafeStorage, platform: NodeJS.Platform): SecretStore {
  return {
    async protection() {
      // basic_text "encrypts" with a key that is the same everywhere.
      if (platform === 'linux' && safeStorage.getSelectedStorageBackend?.() === 'basic_text') return 'plain_text';
      const available =
        (await safeStorage.isAsyncEncryptionAvailable?.()) ?? safeStorage.isEncryptionAvailable?.() ?? false;
      return available ? 'keychain' : 'plain_text';
    },
    async encrypt(secret) {
      const encrypted = (await safeStorage.encryptStringAsync?.(secret)) ?? safeStorage.encryptString?.(secret);
      if (!encrypted) throw new Error('This Electron has no safeStorage call to encrypt with');
      return encrypted.toString('base64');
    },
    async decrypt(encrypted) {
      const bytes = Buffer.from(encrypted, 'base64');
      const secret = (await safeStorage.decryptStringAsync?.(bytes))?.result ?? safeStorage.decryptString?.(bytes);
      if (secret === undefined) throw new Error('This Electron has no safeStorage call to decrypt with');
      return secret;
    },
  };
}
