import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { deriveMarkKey } from '../../../electron/network/mark-key.ts';
import { createMarkKeyring, type MarkKeyringDeps } from '../../../electron/settings/mark-keys.ts';
import type { SecretStore } from '../../../electron/settings/secret-store.ts';
import type { AppError } from '../../../shared/errors.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

const day = 24 * 60 * 60_000;
const keychain: SecretStore = {
  protection: async () => 'keychain',
  encrypt: async (secret) => Buffer.from([...secret].reverse().join('')).toString('base64'),
  decrypt: async (encrypted) => [...Buffer.from(encrypted, 'base64').toString()].reverse().join(''),
};
const noKeychain: SecretStore = { ...keychain, protection: async () => 'plain_text' };

let folder: string;
let file: string;
let now: number;
let errors: AppError[];
beforeEach(() => {
  folder = aTemporaryFolder();
  file = join(folder, 'mark-keys.json');
  now = Date.parse('2026-01-31T10:00:00.000Z');
  errors = [];
});

/** As the program has it after a start. */
const aKeyring = (given: Partial<MarkKeyringDeps> = {}) =>
  createMarkKeyring({
    file,
    secretStore: keychain,
    allowsPlainText: () => false,
    now: () => now,
    onError: (error) => errors.push(error),
    ...given,
  });
/** One that has used this token, and knows its workspace. */
async function used(token: string, given: Partial<MarkKeyringDeps> = {}) {
  const keyring = aKeyring(given);
  await keyring.use(token);
  await keyring.confirm(token, 'T1');
  return keyring;
}
const formerOf = (keyring: ReturnType<typeof aKeyring>) => keyring.keys()?.former.map(({ id }) => id);
const idOf = (token: string) => deriveMarkKey(token, 'T1').id;

describe('the key in use', () => {
  it('is not known before Slack has said which workspace the token is of', async () => {
    const keyring = aKeyring();
    expect(keyring.keys()).toBeNull();
    await keyring.use('xoxb-1');
    expect(keyring.keys()).toBeNull();
    await keyring.confirm('xoxb-1', 'T1');
    expect(keyring.keys()).toEqual({ current: deriveMarkKey('xoxb-1', 'T1'), former: [] });
  });

  it('is known at once after a restart, without Slack', async () => {
    await used('xoxb-1');
    const keyring = aKeyring();
    await keyring.use('xoxb-1');
    expect(keyring.keys()?.current).toEqual(deriveMarkKey('xoxb-1', 'T1'));
  });

  it('is not taken for another token’s: that one may be of another workspace', async () => {
    await used('xoxb-1');
    const keyring = aKeyring();
    await keyring.use('xoxb-2');
    expect(keyring.keys()).toBeNull();
    await keyring.confirm('xoxb-2', 'T2');
    expect(keyring.keys()?.current).toEqual(deriveMarkKey('xoxb-2', 'T2'));
  });

  it('goes with the token, and does not come back by a line that still has it', async () => {
    const keyring = await used('xoxb-1');
    await keyring.use('xoxb-2');
    await keyring.confirm('xoxb-1', 'T1');
    expect(keyring.keys()).toBeNull();
    await keyring.use(null);
    expect(keyring.keys()).toBeNull();
    await keyring.use('xoxb-1');
    expect(keyring.keys()?.current.id).toBe(idOf('xoxb-1'));
  });

  it('lies in a file that tells neither it nor the token', async () => {
    await used('xoxb-1');
    const text = readFileSync(file, 'utf8');
    const { secret } = deriveMarkKey('xoxb-1', 'T1');
    for (const form of ['base64', 'hex'] as const) expect(text).not.toContain(Buffer.from(secret).toString(form));
    expect(text).not.toContain('xoxb');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each(['{', '[]', '{"team":7,"last":{"id":"x"},"former":[1]}', '{"team":"T1","last":{"id":"00000000"}}'])(
    'is found anew where the file holds %s',
    async (text) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, text);
      const keyring = aKeyring();
      await keyring.use('xoxb-1');
      expect(keyring.keys()).toBeNull();
      await keyring.confirm('xoxb-1', 'T1');
      expect(keyring.keys()?.current.id).toBe(idOf('xoxb-1'));
    },
  );

  it('works although the file cannot be written, which is told', async () => {
    const keyring = await used('xoxb-1', { file: join(file, 'in', 'a', 'file') });
    expect(keyring.keys()?.current.id).toBe(idOf('xoxb-1'));
    expect(errors).toEqual([]);
    writeFileSync(join(folder, 'taken'), '');
    const other = await used('xoxb-1', { file: join(folder, 'taken', 'mark-keys.json') });
    expect(other.keys()?.current.id).toBe(idOf('xoxb-1'));
    expect(errors).toMatchObject([{ code: 'storage_failed' }]);
    expect(errors[0]?.message).not.toContain('xoxb');
  });
});

describe('the key of the token before', () => {
  it('is kept for thirty days, over restarts, wherever the token was changed', async () => {
    await used('xoxb-1');
    // As by the environment: the program sees it at its next start.
    const keyring = await used('xoxb-2');
    expect(keyring.keys()?.former).toEqual([deriveMarkKey('xoxb-1', 'T1')]);
    await keyring.use('xoxb-3');
    await keyring.confirm('xoxb-3', 'T1');
    expect(formerOf(keyring)).toEqual([idOf('xoxb-1'), idOf('xoxb-2')]);
    now += 30 * day - 1;
    expect(formerOf(await used('xoxb-3'))).toEqual([idOf('xoxb-1'), idOf('xoxb-2')]);
    now += 2;
    expect(formerOf(keyring)).toEqual([]);
    expect(formerOf(await used('xoxb-4'))).toEqual([idOf('xoxb-3')]);
    expect(readFileSync(file, 'utf8')).not.toContain(idOf('xoxb-1'));
  });

  it('leaves the file at the first start after that, without another change of the token', async () => {
    await used('xoxb-1');
    await used('xoxb-2');
    expect(readFileSync(file, 'utf8')).toContain(idOf('xoxb-1'));
    now += 30 * day;
    expect(formerOf(await used('xoxb-2'))).toEqual([]);
    expect(readFileSync(file, 'utf8')).not.toContain(idOf('xoxb-1'));
    expect(readFileSync(file, 'utf8')).toContain(idOf('xoxb-2'));
  });

  it('is none where the file says that it holds for longer', async () => {
    await used('xoxb-1');
    await used('xoxb-2');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/"until": "[^"]*"/, `"until": "${new Date(now + 30 * day + 1).toISOString()}"`));
    expect(formerOf(await used('xoxb-2'))).toEqual([]);
    expect(readFileSync(file, 'utf8')).not.toContain(idOf('xoxb-1'));
  });

  it('is none once that token is in use again', async () => {
    await used('xoxb-1');
    await used('xoxb-2');
    const keyring = await used('xoxb-1');
    expect(keyring.keys()?.current.id).toBe(idOf('xoxb-1'));
    expect(formerOf(keyring)).toEqual([idOf('xoxb-2')]);
  });

  it('is dropped with all before it where a person says that the token leaked', async () => {
    await used('xoxb-1');
    const keyring = await used('xoxb-2');
    await keyring.use('xoxb-3', { isFormerLeaked: true });
    expect(readFileSync(file, 'utf8')).not.toMatch(new RegExp(`${idOf('xoxb-1')}|${idOf('xoxb-2')}`));
    // The old line may still be open for a moment.
    await keyring.confirm('xoxb-2', 'T1');
    await keyring.confirm('xoxb-3', 'T1');
    expect(keyring.keys()).toEqual({ current: deriveMarkKey('xoxb-3', 'T1'), former: [] });
    expect(formerOf(await used('xoxb-3'))).toEqual([]);
  });

  it('is dropped in any case when the leaked token is forgotten first and replaced later', async () => {
    const keyring = await used('xoxb-1');
    await keyring.use(null, { isFormerLeaked: true });
    expect(formerOf(await used('xoxb-2'))).toEqual([]);
  });

  it('is dropped alone where it is said later that it leaked: the one in use is kept for the next change', async () => {
    await used('xoxb-1');
    const keyring = await used('xoxb-2');
    await keyring.use('xoxb-2', { isFormerLeaked: true });
    expect(keyring.keys()).toEqual({ current: deriveMarkKey('xoxb-2', 'T1'), former: [] });
    expect(readFileSync(file, 'utf8')).not.toContain(idOf('xoxb-1'));
    expect(formerOf(await used('xoxb-3'))).toEqual([idOf('xoxb-2')]);
  });

  it('leaves the one in use alone where the same token is entered again as leaked', async () => {
    const keyring = await used('xoxb-1');
    await keyring.use('xoxb-1', { isFormerLeaked: true });
    expect(keyring.keys()).toEqual({ current: deriveMarkKey('xoxb-1', 'T1'), former: [] });
  });

  it('is not kept where nothing can be encrypted, unless the person took plain text', async () => {
    const keyring = await used('xoxb-1', { secretStore: noKeychain });
    await keyring.use('xoxb-2');
    await keyring.confirm('xoxb-2', 'T1');
    // Until the program ends.
    expect(formerOf(keyring)).toEqual([idOf('xoxb-1')]);
    expect(formerOf(await used('xoxb-2', { secretStore: noKeychain }))).toEqual([]);
    const { secret } = deriveMarkKey('xoxb-2', 'T1');
    expect(readFileSync(file, 'utf8')).not.toContain(Buffer.from(secret).toString('base64'));
    await used('xoxb-3', { secretStore: noKeychain, allowsPlainText: () => true });
    const plain = await used('xoxb-4', { secretStore: noKeychain, allowsPlainText: () => true });
    expect(formerOf(plain)).toEqual([idOf('xoxb-3')]);
  });

  it('survives that the keychain is locked for a while', async () => {
    await used('xoxb-1');
    const locked = { ...keychain, decrypt: () => Promise.reject(new Error('locked')) };
    expect(formerOf(await used('xoxb-2', { secretStore: locked }))).toEqual([]);
    expect(formerOf(await used('xoxb-2'))).toEqual([idOf('xoxb-1')]);
  });

  it('is not what somebody wrote into the file under its name', async () => {
    await used('xoxb-1');
    const foreign = Buffer.from(deriveMarkKey('xoxb-9', 'T1').secret).toString('base64');
    const former = [{ id: idOf('xoxb-8'), plain: foreign, until: '2099-01-01T00:00:00.000Z' }];
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), former }));
    expect(formerOf(await used('xoxb-1'))).toEqual([]);
  });

  it('is one of ten at most', async () => {
    for (let count = 0; count < 13; count += 1) await used(`xoxb-${count}`);
    expect(formerOf(await used('xoxb-12'))).toHaveLength(10);
  });
});

it('keeps nothing on disk where there is no file', async () => {
  const keyring = await used('xoxb-1', { file: null });
  expect(keyring.keys()?.current.id).toBe(idOf('xoxb-1'));
  expect(existsSync(file)).toBe(false);
});
