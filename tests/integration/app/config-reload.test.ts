import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { patienceMs } from '../../patience.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { aConnectedProgram } from './connected-program.ts';

const byAlice = { user: 'alice', channel: 'support' };

/** A connected program that was started in a folder of its own, and what it prints of its settings. */
async function aDesk(configWatch = { quietMs: 10, unfinishedMs: 20 }) {
  const folder = aTemporaryFolder();
  const cwd = join(folder, 'here');
  mkdirSync(cwd);
  const lines: string[] = [];
  const connected = await aConnectedProgram([], { cwd, configWatch, print: (line) => lines.push(line) });
  const { dataDir, program, slack, jira } = connected;
  jira.addProject({ key: 'TWO' });
  return {
    ...connected,
    folder,
    files: { data: join(dataDir, 'config.yml'), here: join(cwd, 'config.yml') },
    lines,
    saysOfSettings: () => lines.filter((line) => line.startsWith('settings: ')),
    line: (wanted: RegExp) => vi.waitFor(() => expect(lines.join('\n')).toMatch(wanted), { timeout: patienceMs }),
    notices: async () => (await program.status()).notices.join('\n'),
    goesTo: async (project: string) => {
      await slack.slash('/ticket', `VPN is down ${jira.issues.length}`, byAlice);
      await jira.waitForIssue(({ key }) => key.startsWith(`${project}-`));
    },
  };
}

const toTwo = 'channels:\n  support: { project: TWO }\n';
const ways: [string, (path: string, text: string, folder: string) => void][] = [
  ['written', (path, text) => writeFileSync(path, text)],
  [
    'replaced by another file',
    (path, text) => {
      writeFileSync(`${path}.new`, text);
      renameSync(`${path}.new`, path);
    },
  ],
  [
    'removed first',
    (path, text) => {
      rmSync(path, { force: true });
      writeFileSync(path, text);
    },
  ],
  [
    'made a link',
    (path, text, folder) => {
      writeFileSync(join(folder, 'elsewhere.yml'), text);
      rmSync(path, { force: true });
      symlinkSync(join(folder, 'elsewhere.yml'), path);
    },
  ],
];

describe.each(['data', 'here'] as const)('config.yml of the folder %s', (which) => {
  it.each(ways)('counts at once when it is %s, and nothing connects anew', async (_, change) => {
    const { files, folder, line, goesTo, lines } = await aDesk();
    const before = lines.filter((each) => /^(slack|jira): /.test(each));
    change(files[which], toTwo, folder);
    await line(/^settings: channels changed\.$/m);
    await goesTo('TWO');
    change(files[which], toTwo.replace('TWO', 'KAN'), folder);
    await line(/changed\.[\s\S]*changed\./m);
    await goesTo('KAN');
    expect(lines.filter((each) => /^(slack|jira): /.test(each))).toEqual(before);
  });

  it('counts no more when it is removed', async () => {
    const { files, line, program } = await aDesk();
    writeFileSync(files[which], toTwo);
    await line(/^settings: channels changed\.$/m);
    unlinkSync(files[which]);
    await line(/changed\.[\s\S]*changed\./m);
    expect((await program.load()).settings.channels.rules).toEqual({});
  });

  it('that is broken changes nothing and says so with its line, until it is mended', async () => {
    const { files, line, goesTo, notices, saysOfSettings, program } = await aDesk();
    writeFileSync(files[which], toTwo);
    await line(/^settings: channels changed\.$/m);
    writeFileSync(files[which], `${toTwo}  web: { project: [\n`);
    await line(/Line \d is not valid YAML/);
    expect(saysOfSettings()).toHaveLength(2);
    expect(await notices()).toContain(files[which]);
    expect(await notices()).toMatch(/Until it is mended, what it said before counts\./);
    expect((await program.settings()).problems).toMatchObject([{ source: files[which], key: '' }]);
    await goesTo('TWO');
    writeFileSync(files[which], `${toTwo}  web: { project: KAN }\n`);
    await line(/changed\.[\s\S]*changed\./m);
    expect(await notices()).toBe('');
    await goesTo('TWO');
  });

  it.each(['', toTwo.slice(0, -10), 'channels:\n  support: { project: T'])(
    'that is half written is waited for: %j',
    async (half) => {
      const { files, line, program, saysOfSettings } = await aDesk({ quietMs: 5, unfinishedMs: 3_600_000 });
      writeFileSync(files[which], half);
      // Events of the two writes come one after the other; only what is complete is taken.
      await new Promise((resolve) => setImmediate(resolve));
      writeFileSync(files[which], toTwo);
      await line(/changed\./);
      expect((await program.load()).settings.channels.rules).toMatchObject({ support: { project: 'TWO' } });
      expect(saysOfSettings()).toEqual(['settings: channels changed.']);
    },
  );
});

it('says of what the current folder’s file may not set where that counts, as long as it stands there', async () => {
  const { files, line, notices, program } = await aDesk();
  writeFileSync(files.here, 'OPENAI_ALLOWED: true\nGGML_MODEL_PATH: a.gguf\nDELETE_TEXTS_AFTER_DAYS: 1\n');
  await line(/^settings: .*DELETE_TEXTS_AFTER_DAYS .*Set it in the window, config\.yml in the data folder/m);
  for (const name of ['OPENAI_ALLOWED', 'GGML_MODEL_PATH', 'DELETE_TEXTS_AFTER_DAYS']) {
    expect(await notices()).toMatch(
      new RegExp(`${name}\\b.* \\(.*does not count from the folder where npm was called`),
    );
  }
  expect((await program.status()).notices).toHaveLength(1);
  expect((await program.load()).settings.openai.allowed).toBe(false);
  writeFileSync(files.here, '# nothing\n');
  await vi.waitFor(async () => expect(await notices()).toBe(''), { timeout: patienceMs });
});

it('says that a change is in vain, and which place wins', async () => {
  const { files, line, saysOfSettings } = await aDesk();
  writeFileSync(files.here, 'JIRA_PROJECT_KEY: TWO\n');
  await line(/^settings: JIRA_PROJECT_KEY of .*here.config\.yml does not count: the window says something else\.$/m);
  writeFileSync(files.data, 'JIRA_PROJECT_KEY: TWO\n');
  await line(/data.*config\.yml does not count|config\.yml does not count[\s\S]*config\.yml does not count/m);
  expect(saysOfSettings()).toHaveLength(2);
});
