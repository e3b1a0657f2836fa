import { describe, expect, it } from 'vitest';
import { createSecretStore } from '../../../electron/settings/secret-store.ts';

const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xff));
const syncCalls = {
  isEncryptionAvailable: () => true,
  encryptString: (text: string) => flip(Buffer.from(text)),
  decryptString: (bytes: Buffer) => flip(bytes).toString(),
};
const asyncCalls = {
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text: string) => flip(Buffer.from(text)),
  decryptStringAsync: async (bytes: Buffer) => ({ result: flip(bytes).toString(), shouldReEncrypt: false }),
};

describe.each([
  ['the synchronous calls', syncCalls],
  ['the asynchronous calls', asyncCalls],
])('a secret store on %s', (_name, calls) => {
  it('gives back what it encrypted', async () => {
    const store = createSecretStore(calls, 'linux');
    const encrypted = await store.encrypt('xoxb-1');
    expect(encrypted).not.toContain('xoxb');
    expect(await store.decrypt(encrypted)).toBe('xoxb-1');
    expect(await store.protection()).toBe('keychain');
  });

  it('calls basic_text what it is', async () => {
    const store = createSecretStore({ ...calls, getSelectedStorageBackend: () => 'basic_text' }, 'linux');
    expect(await store.protection()).toBe('plain_text');
  });
});

it('protects nothing where encryption is not available', async () => {
  const unavailable = { ...syncCalls, isEncryptionAvailable: () => false };
  expect(await createSecretStore(unavailable, 'darwin').protection()).toBe('plain_text');
});
