import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { movableAddresses } from '../../../electron/settings/moved-address.ts';
import { settingsOf } from '../../../electron/settings/settings-values.ts';
import { boundSecrets, settingNames } from '../../../shared/settings.ts';
import { mapRows, settingRows } from '../../../shared/settings-table.ts';
import { projectDir } from '../../../tools/paths.ts';

const rows = [...settingRows, ...mapRows];

describe('the table of settings', () => {
  it('names each once, and gives each a place of its own in Settings', () => {
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    expect(new Set(rows.map(({ part, key }) => `${part}.${key}`)).size).toBe(rows.length);
  });

  it.each(settingRows)('has a default and an example for $name that its own rule takes', ({ form, example }) => {
    const texts = [form.default, example].filter((text) => text !== undefined && text !== null && String(text) !== '');
    for (const text of texts) {
      const given = form.kind === 'folders' ? [String(text)] : String(text);
      const checked = form.rule.safeParse(given);
      expect([checked.error?.message, checked.success]).toEqual([undefined, true]);
      if (text === form.default) expect(checked.data).toEqual(form.default);
    }
  });

  it.each(settingRows)('never quotes what was given for $name', ({ form }) => {
    const given = '\u0000 a secret \u0000';
    const messages = form.rule.safeParse(given).error?.issues.map(({ message }) => message) ?? [];
    expect(messages.filter((message) => message.includes('secret'))).toEqual([]);
  });

  it('says of every secret to which setting\u2019s address it is sent', () => {
    for (const { sentTo } of boundSecrets) expect(settingNames).toContain(sentTo);
  });

  it('leads secrets elsewhere by what the window may change at two addresses only', () => {
    expect(movableAddresses).toEqual(['JIRA_BASE_URL', 'OPENAI_BASE_URL']);
  });

  it('makes no settings that lack a value', () => {
    expect(() => settingsOf((name) => (name === 'UNSURE_BELOW' ? undefined : null))).toThrow('no value');
  });

  it('has words for what is wrong in every field where a text can be wrong', () => {
    const drawn = settingRows.filter(({ field, form }) => field !== null && form.kind !== 'switch');
    expect(drawn.filter(({ field, form }) => !field?.orElse || !form.expected)).toEqual([]);
  });

  const files = globSync('{shared,renderer,electron,stand-ins}/**/*.{ts,tsx}', { cwd: projectDir });
  const namedIn = (file: string) => {
    const text = readFileSync(path.join(projectDir, file), 'utf8');
    return settingNames.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  };

  it('is the only place that lists settings', () => {
    expect(files.filter((file) => namedIn(file).length > settingNames.length / 2)).toEqual([
      'shared/settings-table.ts',
    ]);
  });

  // Others have messages, questions or tests of their own that name them.
  it.each([
    'JIRA_UNCONFIRMED_SECONDS',
    'MODEL_WAIT_SECONDS',
    'UNSURE_BELOW',
    'NOTIFY_ATTENTION',
    'NOTIFY_APPROVAL',
  ] as const)('is all that a setting needs beside its use: nothing else names %s', (name) => {
    expect(files.filter((file) => namedIn(file).includes(name))).toEqual(['shared/settings-table.ts']);
  });
});
