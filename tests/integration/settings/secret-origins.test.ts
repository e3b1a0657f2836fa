import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoadedSettings, loadSettings } from '../../../electron/settings/load-settings.ts';
import { originOf } from '../../../electron/settings/secret-origins.ts';
import { createUsedOrigins } from '../../../electron/settings/used-origins.ts';
import { boundSecrets } from '../../../shared/settings.ts';

let dataDir: string;
let cwd: string;
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'origins-'));
  dataDir = join(folder, 'data');
  cwd = join(folder, 'here');
  mkdirSync(dataDir);
  mkdirSync(cwd);
});
afterEach(() => rmSync(join(dataDir, '..'), { recursive: true }));

type BoundName = (typeof boundSecrets)[number]['name'];
const secrets = {
  SLACK_BOT_TOKEN: 'xoxb-1-secret',
  SLACK_APP_TOKEN: 'xapp-1-secret',
  JIRA_API_TOKEN: 'jira-secret',
  OPENAI_API_KEY: 'sk-secret',
} satisfies Record<BoundName, string>;
const boundNames = boundSecrets.map(({ name }) => name);
const addressOf = (secret: BoundName) => boundSecrets.find(({ name }) => name === secret)?.sentTo ?? '';
const ofCurrentFolder = ['./config.yml', '.env'] as const;
const ours = 'https://ours.example';
const evil = 'https://evil.example';

type Place = './config.yml' | 'config.yml' | 'settings.json' | '.env' | 'DATA/.env' | 'environment';
type Values = Record<string, string>;

/** One start of the program, with what each place says; a secret that is sent is bound, as at a start. */
function start(
  places: Partial<Record<Place, Values>>,
  { savedFor, entered }: { savedFor?: Values; entered?: BoundName[] } = {},
): LoadedSettings {
  const lines = (values: Values = {}, separator: string) =>
    Object.entries(values)
      .map(([name, value]) => `${name}${separator}${value}\n`)
      .join('');
  writeFileSync(join(dataDir, 'config.yml'), lines(places['config.yml'], ': '));
  writeFileSync(join(cwd, 'config.yml'), lines(places['./config.yml'], ': '));
  writeFileSync(join(cwd, '.env'), lines(places['.env'], '='));
  writeFileSync(join(dataDir, '.env'), lines(places['DATA/.env'], '='));
  const used = createUsedOrigins(join(dataDir, 'secret-origins.json'));
  const saved: Record<string, unknown> = { ...places['settings.json'] };
  if (savedFor !== undefined) saved['secret_origins'] = savedFor;
  const loaded = loadSettings({ dataDir, cwd, env: places.environment ?? {}, saved, used: used.used, entered });
  used.remember(loaded.uses.filter(({ from }) => from !== 'settings.json'));
  return loaded;
}

const sentTo = ({ uses }: LoadedSettings, name: BoundName) => uses.find((use) => use.name === name)?.origin ?? null;
const has = ({ settings }: LoadedSettings, name: BoundName) =>
  ({
    SLACK_BOT_TOKEN: settings.slack.botToken,
    SLACK_APP_TOKEN: settings.slack.appToken,
    JIRA_API_TOKEN: settings.jira.apiToken,
    OPENAI_API_KEY: settings.openai.apiKey,
  })[name] !== null;

/** Writes of two places for one secret, merged where they are the same place. */
function both(secretPlace: Place, name: BoundName, addressPlace: Place, address: string) {
  const places: Partial<Record<Place, Values>> = { [secretPlace]: { [name]: secrets[name] } };
  places[addressPlace] = { ...places[addressPlace], [addressOf(name)]: address };
  return places;
}

describe.each(boundNames)('%s, saved in the window', (name) => {
  const savedFor = { [name]: ours };

  it.each<Place>(['./config.yml', 'config.yml', 'settings.json', '.env', 'DATA/.env', 'environment'])(
    'goes to no other origin that %s sets, and says for which it was saved',
    (place) => {
      const loaded = start(both('settings.json', name, place, evil), { savedFor });
      expect([has(loaded, name), sentTo(loaded, name)]).toEqual([false, null]);
      const problem = loaded.problems.find(({ key }) => key === name);
      expect(problem?.message).toContain(`saved for ${ours}`);
      expect(problem?.message).toContain(`now ${evil} (${addressOf(name)}, by `);
      expect(problem?.message).toMatch(/enter the (token|key) again in Settings/i);
      expect(JSON.stringify(loaded.problems)).not.toContain(secrets[name]);
      expect(start(both('settings.json', name, place, ours), { savedFor }).refusals).toEqual([]);
    },
  );

  it('and for no origin yet, goes to the first, but to none that the current folder sets', () => {
    expect(sentTo(start(both('settings.json', name, 'DATA/.env', ours)), name)).toBe(ours);
    for (const place of ofCurrentFolder) expect(has(start(both('settings.json', name, place, evil)), name)).toBe(false);
  });

  it('and for no origin yet, was meant for the address that was saved beside it', () => {
    const places = { 'settings.json': { [name]: secrets[name], [addressOf(name)]: ours } };
    expect(has(start({ ...places, environment: { [addressOf(name)]: evil } }), name)).toBe(false);
  });

  it('goes where a person types it for, whatever it was saved for', () => {
    const loaded = start(both('settings.json', name, 'config.yml', evil), { savedFor, entered: [name] });
    expect(sentTo(loaded, name)).toBe(evil);
  });

  it.each(ofCurrentFolder)('goes where %s leads only if it was saved for that, also when it is typed', (place) => {
    for (const savedBefore of [undefined, savedFor]) {
      const options = savedBefore === undefined ? {} : { savedFor: savedBefore };
      const loaded = start(both('settings.json', name, place, evil), { ...options, entered: [name] });
      expect(has(loaded, name)).toBe(false);
      expect(loaded.problems[0]?.message).toContain('get no secrets but');
    }
  });
});

it.each(boundNames)(
  '%s, saved before origins were noted, is not bound by what config.yml makes of a default',
  (name) => {
    const isSent = has(start(both('settings.json', name, 'config.yml', evil)), name);
    // Jira has no default: teams share its address in config.yml.
    expect(isSent).toBe(name === 'JIRA_API_TOKEN');
  },
);

describe.each(boundNames)('%s, from a file or the environment', (name) => {
  it.each<[Place, Place]>([
    ['environment', 'config.yml'],
    ['environment', 'settings.json'],
    ['DATA/.env', 'config.yml'],
    ['DATA/.env', 'settings.json'],
    ['.env', 'config.yml'],
  ])('of %s is bound by its first use: %s may not move it', (secretPlace, addressPlace) => {
    expect(sentTo(start(both(secretPlace, name, addressPlace, ours)), name)).toBe(ours);
    const moved = start(both(secretPlace, name, addressPlace, evil));
    expect([has(moved, name), moved.refusals[0]?.mayBeAllowed]).toEqual([false, true]);
    expect(moved.problems[0]?.message).toMatch(/used for https:\/\/ours\.example.*now https:\/\/evil\.example/);
    expect(sentTo(start(both(secretPlace, name, addressPlace, ours)), name)).toBe(ours);
  });

  it.each<[Place, Place]>([
    ['environment', 'environment'],
    ['environment', 'DATA/.env'],
    ['DATA/.env', 'environment'],
    ['DATA/.env', 'DATA/.env'],
    ['.env', '.env'],
    ['.env', './config.yml'],
  ])('of %s follows an address of %s without a question', (secretPlace, addressPlace) => {
    start(both(secretPlace, name, addressPlace, ours));
    expect(sentTo(start(both(secretPlace, name, addressPlace, 'https://next.example')), name)).toBe(
      'https://next.example',
    );
    // From then on it belongs there.
    expect(has(start(both(secretPlace, name, 'config.yml', ours)), name)).toBe(false);
  });

  it.each<[Place, Place]>([
    ['settings.json', '.env'],
    ['DATA/.env', '.env'],
    ['environment', '.env'],
    ['settings.json', './config.yml'],
    ['DATA/.env', './config.yml'],
    ['environment', './config.yml'],
  ])('of %s never goes where %s leads, the current folder’s, used before or not', (place, here) => {
    expect(has(start(both(place, name, here, evil)), name)).toBe(false);
    start(both(place, name, 'DATA/.env', evil));
    const savedFor = { [name]: ours };
    const loaded = start(both(place, name, here, evil), { savedFor });
    expect([has(loaded, name), loaded.refusals[0]?.mayBeAllowed]).toEqual([false, false]);
  });

  it('is another one, and free, once it is replaced', () => {
    start(both('environment', name, 'config.yml', ours));
    const replaced = both('environment', name, 'config.yml', 'https://next.example');
    replaced.environment = { [name]: `${secrets[name]}-new` };
    expect(sentTo(start(replaced), name)).toBe('https://next.example');
    // The former one stays bound.
    expect(has(start(both('environment', name, 'config.yml', 'https://next.example')), name)).toBe(false);
  });
});

describe('what is kept', () => {
  it('is never the secret, and each run of another data folder hashes it otherwise', () => {
    start(both('environment', 'JIRA_API_TOKEN', 'config.yml', ours));
    const text = readFileSync(join(dataDir, 'secret-origins.json'), 'utf8');
    expect(text).not.toContain(secrets.JIRA_API_TOKEN);
    const { salt, used } = JSON.parse(text);
    expect(used).toEqual([
      { name: 'JIRA_API_TOKEN', hash: expect.stringMatching(/^[0-9a-f]{64}$/), origin: ours, by: 'config.yml' },
    ]);
    expect(salt).toMatch(/^[0-9a-f]{32}$/);
  });

  it('survives in memory where the file cannot be written', () => {
    const used = createUsedOrigins(join(dataDir, 'missing\0', 'file.json'));
    const use = { name: 'JIRA_API_TOKEN', secret: 's', origin: ours, from: 'environment', by: 'config.yml' } as const;
    expect(() => used.remember([use])).toThrow('could not be kept');
    expect(used.used('JIRA_API_TOKEN', 's')).toMatchObject({ origin: ours });
  });
});

it.each([
  ['https://a.example', 'https://a.example:443/jira/', true],
  ['http://127.0.0.1:80/', 'http://127.0.0.1', true],
  ['https://A.Example/x', 'https://a.example', true],
  ['http://a.example', 'https://a.example', false],
  ['https://a.example:8443', 'https://a.example', false],
  ['https://b.a.example', 'https://a.example', false],
  ['https://api.atlassian.com/ex/jira/1', 'https://api.atlassian.com/ex/jira/1/rest', true],
  ['https://api.atlassian.com/ex/jira/1', 'https://api.atlassian.com/ex/jira/2', false],
  ['https://api.atlassian.com/ex/jira/1', 'https://api.atlassian.com/', false],
])('%s and %s are one origin: %s', (one, other, isOne) => {
  expect(originOf(one) === originOf(other)).toBe(isOne);
});

describe('the .env file of the current folder', () => {
  const refused = {
    OPENAI_ALLOWED: 'true',
    START_AT_LOGIN: 'true',
    EXTERNAL_MAY_DECIDE: 'true',
    STATUS_PROJECTS: '*',
    DELETE_TEXTS_AFTER_DAYS: '1',
    DELETE_TICKETS_AFTER_DAYS: '1',
    GGML_MODEL_PATH: '/tmp/a.gguf',
    MODEL_FOLDERS: '/tmp',
  };

  it.each([
    ['.env', '.env'],
    ['./config.yml', 'config.yml'],
  ] as const)(
    'gives no consent by %s, deletes nothing and names no models, in words; other places still do',
    (place, file) => {
      const loaded = start({ [place]: { ...refused, OPENAI_MODEL: 'from-here' } });
      expect(loaded.settings).toMatchObject({
        openai: { allowed: false, model: 'from-here' },
        people: { externalMayDecide: false, statusProjects: [] },
        behaviour: { startAtLogin: false, deleteTextsAfterDays: null, deleteTicketsAfterDays: null },
        model: { path: null, folders: [] },
      });
      expect(loaded.problems.map(({ key }) => key).toSorted()).toEqual(Object.keys(refused).toSorted());
      expect(loaded.problems[0]).toMatchObject({ source: join(cwd, file), message: expect.stringContaining('npm') });
      expect(loaded.notTaken).toEqual(loaded.problems);
      const kept = start({ [place]: { OPENAI_ALLOWED: 'false' }, 'DATA/.env': refused });
      expect([kept.settings.openai.allowed, kept.settings.model.path]).toEqual([true, '/tmp/a.gguf']);
      // It does not take away what an earlier place says either.
      expect(start({ [place]: { OPENAI_ALLOWED: 'false' }, 'config.yml': refused }).settings.openai.allowed).toBe(true);
    },
  );

  it('takes along no consent that was given for another address', () => {
    const consent = { 'DATA/.env': { OPENAI_ALLOWED: 'true' } };
    const fromConfig = { '.env': { OPENAI_API_KEY: 'sk-1' }, './config.yml': { OPENAI_BASE_URL: evil } };
    expect(start({ ...consent, ...fromConfig }).settings.openai.allowed).toBe(false);
    const moved = start({ ...consent, '.env': { OPENAI_BASE_URL: evil, OPENAI_API_KEY: 'sk-1' } });
    expect(moved.settings.openai.allowed).toBe(false);
    expect(moved.problems).toContainEqual(
      expect.objectContaining({ key: 'OPENAI_BASE_URL', source: join(cwd, '.env') }),
    );
    expect(start({ ...consent, '.env': { OPENAI_API_KEY: 'sk-1' } }).settings.openai.allowed).toBe(true);
  });

  it('is DATA’s own where that is the current folder', () => {
    writeFileSync(join(dataDir, '.env'), 'OPENAI_ALLOWED=true\nOPENAI_API_KEY=sk-1\n');
    const { settings, problems, origins } = loadSettings({ dataDir, cwd: dataDir, env: {} });
    expect([settings.openai.allowed, problems, origins.OPENAI_ALLOWED]).toEqual([true, [], 'DATA/.env']);
  });

  it('is not read where no folder counts', () => {
    writeFileSync(join(cwd, '.env'), 'OPENAI_MODEL=from-here\n');
    writeFileSync(join(cwd, 'config.yml'), 'OPENAI_MODEL: from-here\n');
    expect(loadSettings({ dataDir, cwd: null, env: {} }).settings.openai.model).not.toBe('from-here');
  });
});

describe('an address of Jira that names a page', () => {
  const site = 'https://ours.example';
  const forms = [site, 'ours.example/browse/KAN-1', '<https://OURS.example/secure/Dashboard.jspa>'];

  it.each(forms)('leads a token to its site, as %s', (address) => {
    const loaded = start(both('environment', 'JIRA_API_TOKEN', 'environment', address));
    expect([loaded.settings.jira.baseUrl, sentTo(loaded, 'JIRA_API_TOKEN')]).toEqual([site, site]);
  });

  it('is no other address than the one that it was used for', () => {
    for (const address of forms) {
      const loaded = start(both('environment', 'JIRA_API_TOKEN', 'config.yml', `"${address}"`));
      expect(sentTo(loaded, 'JIRA_API_TOKEN')).toBe(site);
    }
  });

  it('says what a token was saved for before origins were noted', () => {
    const places = both('settings.json', 'JIRA_API_TOKEN', 'environment', evil);
    places['settings.json'] = { ...places['settings.json'], JIRA_BASE_URL: 'ours.example/browse/KAN-1' };
    const { refusals } = start(places);
    expect(refusals).toMatchObject([{ name: 'JIRA_API_TOKEN', meantFor: site, origin: evil }]);
  });
});
