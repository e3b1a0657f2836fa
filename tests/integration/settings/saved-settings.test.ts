import { linkSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import type { SecretStore } from '../../../electron/settings/secret-store.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

// electron-store imports electron, which in plain Node would look for its own executable.
process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= '/nowhere';
const { createSavedSettings } = await import('../../../electron/settings/saved-settings.ts');

const keychain: SecretStore = {
  protection: async () => 'keychain',
  encrypt: async (secret) => Buffer.from(secret).toString('base64'),
  decrypt: async (encrypted) => Buffer.from(encrypted, 'base64').toString(),
};
const noKeychain: SecretStore = { ...keychain, protection: async () => 'plain_text' };

let dataDir: string;
let file: string;
beforeEach(() => {
  dataDir = aTemporaryFolder();
  file = join(dataDir, 'settings.json');
});

const saved = (secretStore = keychain) => createSavedSettings({ dataDir, secretStore });
const safely = { allowPlainText: false };

it('has nothing saved at first', async () => {
  expect(await saved().read()).toEqual({ values: {}, problems: [] });
  expect(readdirSync(dataDir)).toEqual([]);
});

it('gives back what was written, with secrets encrypted in the file', async () => {
  await saved().write({ SLACK_BOT_TOKEN: ' xoxb-1 ', JIRA_EMAIL: 'a@example.com' }, safely);
  await saved().write({ label_to_issue_type: { Bug: 'Defect' } }, safely);
  expect((await saved().read()).values).toEqual({
    SLACK_BOT_TOKEN: 'xoxb-1',
    JIRA_EMAIL: 'a@example.com',
    label_to_issue_type: { Bug: 'Defect' },
  });
  expect(readFileSync(file, 'utf8')).not.toContain('xoxb-1');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('forgets what is emptied', async () => {
  await saved().write({ SLACK_BOT_TOKEN: 'xoxb-1', JIRA_EMAIL: 'a@example.com' }, safely);
  await saved().write({ SLACK_BOT_TOKEN: null, JIRA_EMAIL: '' }, safely);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({});
});

it('keeps the issue types that a later save does not name, and forgets the emptied ones', async () => {
  await saved().write({ label_to_issue_type: { Bug: 'Defect', Task: 'Chore' } }, safely);
  await saved().write({ label_to_issue_type: { Task: '', Question: 'Story' } }, safely);
  expect((await saved().read()).values).toEqual({ label_to_issue_type: { Bug: 'Defect', Question: 'Story' } });
});

it('keeps whose desktop this is through other saves, readable without the keychain', async () => {
  const desk = { user: 'U1', name: null, team: 'T1', confirmedAt: '2026-01-01T00:00:00.000Z' };
  await saved().write({ desk_owner: desk }, safely);
  await saved().write({ JIRA_EMAIL: 'a@example.com', SLACK_BOT_TOKEN: 'xoxb-1' }, safely);
  const locked: SecretStore = { ...keychain, decrypt: () => Promise.reject(new Error('locked')) };
  expect(saved(locked).readPlain()).toEqual({ desk_owner: desk, JIRA_EMAIL: 'a@example.com' });
});

it('leaves a damaged file for the next reading to report', async () => {
  writeFileSync(file, 'damaged');
  expect(saved().readPlain()).toEqual({});
  expect((await saved().read()).problems).not.toEqual([]);
});

it('stores a secret as plain text only where the user chose that', async () => {
  const refused = saved(noKeychain).write({ JIRA_EMAIL: 'a@example.com', JIRA_API_TOKEN: 't' }, safely);
  await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  expect(readdirSync(dataDir)).toEqual([]);
  await saved(noKeychain).write({ JIRA_API_TOKEN: 't' }, { allowPlainText: true });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ JIRA_API_TOKEN: 't' });
  expect((await saved(noKeychain).read()).values).toEqual({ JIRA_API_TOKEN: 't' });
});

it('asks for a secret again that this keychain cannot decrypt, and keeps the rest', async () => {
  await saved().write({ SLACK_BOT_TOKEN: 'xoxb-1', JIRA_EMAIL: 'a@example.com' }, safely);
  const other: SecretStore = { ...keychain, decrypt: () => Promise.reject(new Error('another key')) };
  const { values, problems } = await saved(other).read();
  expect(values).toEqual({ JIRA_EMAIL: 'a@example.com' });
  expect(problems).toEqual([{ source: file, key: 'SLACK_BOT_TOKEN', message: expect.stringContaining('again') }]);
});

it.each(['{"JIRA_EMAIL": ', '[]', '"text"', '\0\0\0'])('sets a damaged file aside and says so: %j', async (damaged) => {
  writeFileSync(file, damaged);
  const { values, problems } = await saved().read();
  expect(values).toEqual({});
  expect(problems.map(({ message }) => message).join(' ')).toMatch(/damaged.*set aside as settings\.json\.damaged-/);
  const aside = readdirSync(dataDir).find((name) => name.includes('damaged'));
  expect(readFileSync(join(dataDir, String(aside)), 'utf8')).toBe(damaged);
  await saved().write({ JIRA_EMAIL: 'a@example.com' }, safely);
  expect((await saved().read()).values).toEqual({ JIRA_EMAIL: 'a@example.com' });
});

it('saves nothing where the keychain refuses', async () => {
  const locked: SecretStore = { ...keychain, encrypt: () => Promise.reject(new Error('locked')) };
  const refused = saved(locked).write({ JIRA_API_TOKEN: 't' }, safely);
  await expect(refused).rejects.toMatchObject({ code: 'storage_failed' });
});

it('says why the file could not be written', async () => {
  writeFileSync(join(dataDir, 'blocked'), '');
  const elsewhere = createSavedSettings({ dataDir: join(dataDir, 'blocked', 'data'), secretStore: keychain });
  await expect(elsewhere.write({ JIRA_EMAIL: 'a@example.com' }, safely)).rejects.toMatchObject({
    code: 'storage_failed',
  });
});

it.each([
  ['a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
  ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['Windows-1252', (text: string) => Buffer.from(text, 'latin1')],
])('reads and goes on with a file that an editor saved with %s', async (_what, encoded) => {
  const written = encoded(JSON.stringify({ JIRA_EMAIL: 'jürgen@example.com' }));
  writeFileSync(file, written);
  // Shows what becomes of the file itself.
  linkSync(file, join(dataDir, 'as-it-was'));
  expect(await saved().read()).toEqual({ values: { JIRA_EMAIL: 'jürgen@example.com' }, problems: [] });
  await saved().write({ OPENAI_MODEL: 'it' }, safely);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ JIRA_EMAIL: 'jürgen@example.com', OPENAI_MODEL: 'it' });
  // Another took its place in one go: an end in the middle leaves no half.
  expect(readFileSync(join(dataDir, 'as-it-was'))).toEqual(written);
});
