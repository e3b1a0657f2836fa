import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { readConfigFile } from '../../../electron/settings/config-file.ts';
import { loadSettings } from '../../../electron/settings/load-settings.ts';
import { channelRulesIn } from '../../../shared/channel-rules.ts';
import { type SettingPlace, settingOrigins } from '../../../shared/setting-row.ts';
import { allRows, mapNames, secretNames, settingNames } from '../../../shared/settings.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

const templatePath = join(import.meta.dirname, '../../../config.yml');
let folder: string;
let dataDir: string;
let cwd: string;

beforeEach(() => {
  folder = aTemporaryFolder();
  dataDir = join(folder, 'data');
  cwd = join(folder, 'here');
  mkdirSync(dataDir);
  mkdirSync(cwd);
});

function load(env: Record<string, string> = {}, saved?: Record<string, unknown>) {
  return loadSettings({ dataDir, cwd, env, saved, templatePath });
}

function config(text: string) {
  writeFileSync(join(dataDir, 'config.yml'), text);
  return load();
}

describe('loading settings', () => {
  it('creates config.yml from the template, which changes nothing and has no problems', () => {
    dataDir = join(folder, 'new', 'data');
    const { settings, problems } = load();
    expect(readFileSync(join(dataDir, 'config.yml'), 'utf8')).toBe(readFileSync(templatePath, 'utf8'));
    expect(problems).toEqual([]);
    expect(settings.jira.baseUrl).toBeNull();
  });

  it('keeps a config.yml that is there', () => {
    expect(config('JIRA_PROJECT_KEY: OPS\n').settings.jira.project).toBe('OPS');
    expect(readFileSync(join(dataDir, 'config.yml'), 'utf8')).toBe('JIRA_PROJECT_KEY: OPS\n');
  });

  it.each(['*', '"*"', "'*'  # all", '* # all', 'OPS, *'])(
    'takes the star of STATUS_PROJECTS as people write it: %s',
    (star) => {
      const { settings, problems } = config(`STATUS_PROJECTS: ${star}\nJIRA_PROJECT_KEY: OPS\n`);
      expect([settings.people.statusProjects, settings.jira.project, problems]).toEqual(['*', 'OPS', []]);
    },
  );

  it('guesses what an unknown name stands for where there are few of them', () => {
    const unknown = Array.from({ length: 150 }, (_, index) => `JIRA_EMAIL${index}: x\n`).join('');
    const file = join(folder, 'unknown.yml');
    writeFileSync(file, unknown);
    const { problems } = readConfigFile(file);
    expect(problems).toHaveLength(150);
    expect(problems.filter(({ message }) => message.includes('Did you mean JIRA_EMAIL?'))).toHaveLength(100);
    expect(config('JIRA_EMIAL: x\n').problems).toMatchObject([{ message: expect.stringContaining('JIRA_EMAIL?') }]);
  });

  it('creates nothing without a template', () => {
    loadSettings({ dataDir: join(folder, 'none'), cwd, env: {} });
    expect(() => readFileSync(join(folder, 'none', 'config.yml'))).toThrow('ENOENT');
  });

  it('lets each place win over the one before', () => {
    writeFileSync(join(dataDir, 'config.yml'), 'OPENAI_MODEL: from-config\n');
    expect(load().settings.openai.model).toBe('from-config');
    const saved = { OPENAI_MODEL: 'from-saved' };
    expect(load({}, saved).origins.OPENAI_MODEL).toBe('settings.json');
    writeFileSync(join(cwd, '.env'), 'OPENAI_MODEL="from-env-file" # here\n');
    expect(load({}, saved).settings.openai.model).toBe('from-env-file');
    writeFileSync(join(dataDir, '.env'), '\uFEFFexport OPENAI_MODEL=from-data\r\n');
    expect(load({}, saved)).toMatchObject({
      settings: { openai: { model: 'from-data' } },
      origins: { OPENAI_MODEL: 'DATA/.env' },
    });
    expect(load({ OPENAI_MODEL: 'from-environment' }, saved).settings.openai.model).toBe('from-environment');
    expect(load({ OPENAI_MODEL: '' }, saved).settings.openai.model).toBe('from-data');
  });

  it('names file and key of a bad value', () => {
    writeFileSync(join(cwd, '.env'), 'JIRA_BASE_URL=our Jira\n');
    expect(load().problems).toEqual([
      { source: join(cwd, '.env'), key: 'JIRA_BASE_URL', message: expect.stringContaining('Expected') },
    ]);
  });

  it('refuses secrets in config.yml and does not repeat them', () => {
    const { settings, problems } = config('SLACK_BOT_TOKEN: xoxb-secret\nJIRA_API_TOKEN:\n');
    expect(settings.slack.botToken).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ key: 'SLACK_BOT_TOKEN', message: expect.stringMatching(/do not belong/) });
    expect(JSON.stringify(problems)).not.toContain('xoxb-secret');
  });

  it('suggests the name that was meant for an unknown one', () => {
    const { problems } = config('JIRA_BASEURL: https://a.example.com\nfoo: 1\n');
    expect(problems.map(({ key, message }) => `${key} ${message}`)).toEqual([
      expect.stringMatching(/^JIRA_BASEURL .*Did you mean JIRA_BASE_URL\?/),
      expect.stringMatching(/^foo Unknown setting/),
    ]);
  });

  it.each([
    ['JIRA_EMAIL: a@example.com\nJIRA_PROJECT_KEY: [xoxb-secret\n', /^Line \d/],
    ['JIRA_EMAIL: a@example.com\n\tBug: xoxb-secret\n', /^Line 2/],
    ['xoxb-secret\n', /NAME: value/],
    ['a: *missing\n', /ignored/],
  ])('says which line of config.yml is wrong, without quoting it: %j', (text, expected) => {
    const { problems } = config(text);
    expect(problems).toEqual([
      { source: join(dataDir, 'config.yml'), key: '', message: expect.stringMatching(expected) },
    ]);
    expect(JSON.stringify(problems)).not.toContain('secret');
  });

  it('reports what cannot be read or created and goes on', () => {
    mkdirSync(join(cwd, '.env'));
    const blocked = join(folder, 'file');
    writeFileSync(blocked, '');
    const { problems } = loadSettings({ dataDir: join(blocked, 'data'), cwd, env: {}, templatePath });
    expect(problems.map(({ source }) => source)).toEqual([join(blocked, 'data', 'config.yml'), join(cwd, '.env')]);
  });
});

describe('what a person wrote', () => {
  const said = (problems: { key: string; message: string }[]) =>
    problems.map(({ key, message }) => `${key} ${message}`);
  const dataEnv = (text: string | Buffer) => {
    writeFileSync(join(dataDir, '.env'), text);
    return load();
  };

  it('is taken from UTF-16, as Windows PowerShell writes it, in each file', () => {
    const wide = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
    expect(dataEnv(wide('JIRA_EMAIL=a@example.com\r\n')).settings.jira.email).toBe('a@example.com');
    writeFileSync(join(dataDir, 'config.yml'), wide('JIRA_PROJECT_KEY: OPS\r\n'));
    writeFileSync(join(cwd, '.env'), wide('OPENAI_MODEL=it\r\n'));
    expect(load().settings).toMatchObject({ jira: { project: 'OPS' }, openai: { model: 'it' } });
  });

  it('is a whole token, with # inside', () => {
    const { settings, problems } = dataEnv('JIRA_BASE_URL=https://a.example.com\nJIRA_API_TOKEN=ATATTabc#def\n');
    expect([settings.jira.apiToken, problems]).toEqual(['ATATTabc#def', []]);
  });

  it.each([
    ['MODEL_FOLDERS="/srv/a\\n/srv/b"', 'model', 'folders', ['/srv/a', '/srv/b']],
    ['MODEL_FOLDERS="/srv/a\\r\\n/srv/b\\n"', 'model', 'folders', ['/srv/a', '/srv/b']],
    ['STATUS_PROJECTS="OPS\\nWEB"', 'people', 'statusProjects', ['OPS', 'WEB']],
    ['GGML_MODEL_PATH="/C:\\new.gguf"', 'model', 'path', '/C:\\new.gguf'],
  ] as const)('has line breaks for \\n where a list is meant, and none in a path: %s', (line, part, key, expected) => {
    const { settings, problems } = dataEnv(`${line}\n`);
    expect(problems).toEqual([]);
    expect(settings[part]).toMatchObject({ [key]: expected });
  });

  it.each(['MODEL_FOLDERS="a\\nb"', 'OPENAI_MODEL="a\\n"'])('is told where nobody can tell what \\n is: %s', (line) => {
    expect(said(dataEnv(line).problems)).toEqual([expect.stringMatching(/ Line 1: Its \\n .* single quotation marks/)]);
    expect(dataEnv(`# now literal\n${line.replaceAll('"', "'")}`).problems).toEqual([]);
  });

  it('keeps a path of Windows in double quotation marks as it is', () => {
    expect(dataEnv('MODEL_FOLDERS="C:\\new"').problems).toEqual([]);
  });

  it('is told of DATA/.env wherever it counts for nothing, without a value', () => {
    const lines = ['JIRA_EMIAL=a@b.c', 'JIRA_TOKEN=hush', 'FOO=hush', 'hush', 'OPENAI_MODEL=a', 'OPENAI_MODEL=b #c'];
    const { settings, problems } = dataEnv(lines.join('\n'));
    expect(settings.openai.model).toBe('b');
    expect(said(problems)).toEqual([
      expect.stringMatching(/^JIRA_EMIAL Line 1: .*Did you mean JIRA_EMAIL\?/),
      expect.stringMatching(/^JIRA_TOKEN Line 2: .*Did you mean JIRA_API_TOKEN\?/),
      expect.stringMatching(/^FOO Line 3: Unknown setting/),
      expect.stringMatching(/^ Line 4: Expected NAME=value/),
      expect.stringMatching(/^OPENAI_MODEL Line 6: It is cut at the #/),
      expect.stringMatching(/^OPENAI_MODEL Line 6: It is set more than once/),
    ]);
    expect(JSON.stringify(problems)).not.toContain('hush');
  });

  it('is told among strangers’ names where it is surely meant for a setting, and strangers’ are not', () => {
    const strangers = { JIRA_TOKEN: 'x', SLACK_WEBHOOK_URL: 'x', MODEL: 'x', OPENAI_ORG_ID: 'x', FOO: 'x' };
    const text = Object.keys(strangers).map((name) => `${name}=x\n`);
    writeFileSync(join(cwd, '.env'), `what is this\n${text.join('')}JIRA_API_TOKNE=x\n`);
    const { problems } = load({ ...strangers, jira_project_key: 'OPS', OPENAI_ALOWED: '' }, { JIRA_BASEURL: 'x' });
    expect(said(problems)).toEqual([
      'JIRA_BASEURL Unknown setting. Did you mean JIRA_BASE_URL?',
      'JIRA_API_TOKNE Line 7: Unknown setting. Did you mean JIRA_API_TOKEN?',
      'jira_project_key Unknown setting. Did you mean JIRA_PROJECT_KEY?',
    ]);
  });

  it.each([
    ['JIRA_PROJECT_KEY: NULL', 'jira', 'project', 'NULL'],
    ['%YAML 1.1\n---\nJIRA_PROJECT_KEY: NO', 'jira', 'project', 'NO'],
    ['JIRA_PROJECT_KEY: 90071992547409931', 'jira', 'project', '90071992547409931'],
    ['OPENAI_MODEL: 1e4', 'openai', 'model', '1e4'],
    ['OPENAI_MODEL: 0x10', 'openai', 'model', '0x10'],
    ['OPENAI_MODEL: 1.10', 'openai', 'model', '1.10'],
    ['OPENAI_MODEL: null', 'openai', 'model', 'gpt-4.1-mini'],
    ['label_to_issue_type: { Bug: NO, Task: 1.10 }', 'jira', 'labelToIssueType', { Bug: 'NO', Task: '1.10' }],
    [
      'jira_default_fields: { a: { id: 12345678901234567890, child: { value: 007 } } }',
      'jira',
      'defaultFields',
      { a: { id: '12345678901234567890', child: { value: '007' } } },
    ],
    [
      'jira_default_fields:\n  Versions: [2024.10, 1.0, "2.0"]\n  Centre: 0815\n  0.10: x',
      'jira',
      'defaultFields',
      { Versions: ['2024.10', '1.0', '2.0'], Centre: '0815', '0.10': 'x' },
    ],
    [
      'channels: { ops: { labels: [1.10], defaults: { Versions: [{ name: 2024.10 }], Centre: 0815, Seats: 12 } } }',
      'channels',
      'rules',
      { ops: { labels: ['1.10'], defaults: { Versions: [{ name: '2024.10' }], Centre: '0815', Seats: 12 } } },
    ],
    [
      'jira_default_fields: { a: 12, b: 1.5, c: true, d: False, e: NULL, f: .5, g: !!float 1.0, h: -3 }',
      'jira',
      'defaultFields',
      { a: 12, b: 1.5, c: true, d: 'False', e: 'NULL', f: '.5', g: 1, h: -3 },
    ],
    [
      'label_to_issue_type: { Bug: 010004, Question: 1_0 }',
      'jira',
      'labelToIssueType',
      { Bug: '010004', Question: '1_0' },
    ],
    ['OPENAI_MODEL: !!str 123', 'openai', 'model', '123'],
    ['UNSURE_BELOW: .4', 'classification', 'unsureBelow', 0.4],
    ['UNSURE_BELOW: 5e-1', 'classification', 'unsureBelow', 0.5],
    ['TICKETS_PER_MINUTE: 1e1', 'people', 'ticketsPerMinute', 10],
    ['TICKETS_PER_MINUTE: 10.0', 'people', 'ticketsPerMinute', 10],
    ['TICKETS_PER_MINUTE: +5', 'people', 'ticketsPerMinute', 5],
    ['TICKETS_PER_MINUTE: 0x10', 'people', 'ticketsPerMinute', 16],
    ['JIRA_EMAIL: "a@b.c" #mine', 'jira', 'email', 'a@b.c'],
    ["JIRA_EMAIL: 'a@b.c' #mine", 'jira', 'email', 'a@b.c'],
    ['label_to_issue_type:\n  Bug: "Fault" #mine', 'jira', 'labelToIssueType', { Bug: 'Fault' }],
    ['GGML_MODEL_PATH: "/C:\\new\\temp.gguf"', 'model', 'path', '/C:\\new\\temp.gguf'],
    ['GGML_MODEL_PATH: "/C:\\\\new\\\\temp.gguf"', 'model', 'path', '/C:\\new\\temp.gguf'],
    ['GGML_MODEL_PATH: "/srv/\\u00e9.gguf"', 'model', 'path', '/srv/é.gguf'],
    ['MODEL_FOLDERS: "/srv/a\\n/srv/b"', 'model', 'folders', ['/srv/a', '/srv/b']],
    ['MODEL_FOLDERS: "/srv/C\\new"', 'model', 'folders', ['/srv/C\\new']],
    ['STATUS_PROJECTS: [NO, NULL]', 'people', 'statusProjects', ['NO', 'NULL']],
  ] as const)('is text as it was written in config.yml: %s', (text, part, key, expected) => {
    const { settings, problems } = config(`${text}\n`);
    expect(problems).toEqual([]);
    expect(settings[part]).toMatchObject({ [key]: expected });
  });

  it.each([
    ['OPENAI_MODEL: gpt #4', 'OPENAI_MODEL', /^Line 1: It is cut at the #/],
    ['OPENAI_MODEL: #gpt', 'OPENAI_MODEL', /^Line 1: It is cut at the #/],
    ['label_to_issue_type:\n  Bug: #Fault', 'label_to_issue_type', /^Line 2: It is cut at the #/],
    ['STATUS_PROJECTS:\n  - #OPS\n  - WEB', 'STATUS_PROJECTS', /^Line 2: It is cut at the #/],
    ['OPENAI_MODEL: "C:\\models"', '', /^Line 1 has a backslash in double .* single quotation marks/],
    ['MODEL_WAIT_SECONDS: 1e4', 'MODEL_WAIT_SECONDS', /^Expected a whole number/],
    ['OPENAI_MODEL: !gpt', 'OPENAI_MODEL', /^Line 1: .* tag or an anchor/],
    ['JIRA_PROJECT_KEY: &KAN', 'JIRA_PROJECT_KEY', /^Line 1: .* tag or an anchor/],
    ['OPENAI_MODEL: a\nOPENAI_MODEL: b', '', /^Line 2 sets a name for a second time/],
    ['OPENAI_MODEL: a\n---\nOPENAI_MODEL: b', '', /^Line 2 begins a second document/],
  ])('is told where YAML makes something else of it: %s', (text, key, message) => {
    expect(config(`${text}\n`).problems).toEqual([
      { source: join(dataDir, 'config.yml'), key, message: expect.stringMatching(message) },
    ]);
  });

  it('is a path as people write it', () => {
    const home = homedir();
    const model = (path: string) => load({ GGML_MODEL_PATH: path }).settings.model.path;
    expect(['~/a.gguf', '$HOME/a.gguf', pathToFileURL(join(home, 'a.gguf')).href].map(model)).toEqual(
      Array(3).fill(join(home, 'a.gguf')),
    );
    const { folders } = load({ MODEL_FOLDERS: ['~/m', 'file:///srv/a%20b', 'file:/srv/c', 'more'].join(delimiter) })
      .settings.model;
    expect(load({ MODEL_FOLDERS: 'file:/srv/a' }).settings.model.folders).toEqual(['/srv/a']);
    expect(folders).toEqual([join(home, 'm'), '/srv/a b', '/srv/c', join(dataDir, 'more')]);
  });

  it('is looked for in each folder that counts, and told with all of them', () => {
    const places = [join(dataDir, 'a.gguf'), join(cwd, 'a.gguf')];
    expect(load({ GGML_MODEL_PATH: 'a.gguf' }).problems).toEqual([
      { source: 'environment', key: 'GGML_MODEL_PATH', message: expect.stringContaining(places.join(' and ')) },
    ]);
    writeFileSync(join(cwd, 'a.gguf'), '');
    expect(load({ GGML_MODEL_PATH: 'a.gguf' }).problems).toEqual([]);
  });

  it('is nothing to be told of in comments', () => {
    const text =
      'SLACK_API_URL: # none\nJIRA_EMAIL: a@b.c # mine\n#OPENAI_MODEL: x\nJIRA_BASE_URL:\n#foo\nJIRA_PROJECT_KEY: OPS\n#bar\n';
    expect(config(text).problems).toEqual([]);
  });
});

describe('the places of a setting', () => {
  const places = settingOrigins.filter((origin): origin is SettingPlace => origin !== 'default');

  /** Loads with this name in one place alone. What it says there is of no use, but it says something. */
  function loadFrom(place: SettingPlace, name: string) {
    if (place === './config.yml') writeFileSync(join(cwd, 'config.yml'), `${name}: "\\u0000"\n`);
    if (place === 'config.yml') writeFileSync(join(dataDir, 'config.yml'), `${name}: "\\u0000"\n`);
    if (place === '.env') writeFileSync(join(cwd, '.env'), `${name}=\u0000\n`);
    if (place === 'DATA/.env') writeFileSync(join(dataDir, '.env'), `${name}=\u0000\n`);
    return load(place === 'environment' ? { [name]: '\0' } : {}, place === 'settings.json' ? { [name]: '\0' } : {});
  }

  describe.each(places)('%s', (place) => {
    it.each(allRows)('sets $name where its row says so, and is told where not', (row) => {
      const { origins, problems } = loadFrom(place, row.name);
      const isPermitted = row.places.includes(place);
      expect(origins[row.name]).toBe(isPermitted ? place : 'default');
      const refusals = problems.filter(({ message }) =>
        /^(This does not count from|Secrets do not belong)/.test(message),
      );
      expect(refusals.map(({ key }) => key)).toEqual(isPermitted ? [] : [row.name]);
    });
  });
});

describe('channels in config.yml', () => {
  it('are taken as people write them', () => {
    const text = `channels:
  "#Ops":
    project: NO
    label_to_issue_type: { Bug: 1.10 }
    labels: [1e4, from-slack]
    defaults: { components: [{ name: Backend }], Points: 3, Live: true }
    emoji: +1
    thread_replies: off
    never_cloud: yes
  C0123456789: { emoji: "" }
  default: { answer: requester }
`;
    const { settings, problems, entryPlaces } = config(text);
    expect(problems).toEqual([]);
    expect(settings.channels.rules).toEqual({
      ops: {
        project: 'NO',
        labelToIssueType: { Bug: '1.10' },
        labels: ['1e4', 'from-slack'],
        defaults: { components: [{ name: 'Backend' }], Points: 3, Live: true },
        emoji: '+1',
        threadReplies: 'off',
        neverCloud: true,
      },
      C0123456789: { emoji: '' },
      default: { answer: 'requester' },
    });
    expect(entryPlaces.channels).toEqual({ ops: ['config.yml'], C0123456789: ['config.yml'], default: ['config.yml'] });
  });

  it('are merged entry by entry over the places, however their names are written', () => {
    writeFileSync(join(cwd, 'config.yml'), 'channels:\n  ops: { project: HERE }\n  web: { project: WEB }\n');
    writeFileSync(join(dataDir, 'config.yml'), 'channels:\n  "#OPS": { project: DATA }\n');
    const saved = { channels: { it: { project: 'IT' }, ' #Web ': { emoji: '' } } };
    const { settings, problems, entryPlaces } = load({}, saved);
    expect(problems).toEqual([]);
    expect(settings.channels.rules).toEqual({ ops: { project: 'DATA' }, web: { emoji: '' }, it: { project: 'IT' } });
    expect(entryPlaces.channels).toEqual({
      ops: ['./config.yml', 'config.yml'],
      web: ['./config.yml', 'settings.json'],
      it: ['settings.json'],
    });
  });

  it.each<[string, string, RegExp]>([
    ['{ ops: { projct: OPS } }', 'channels.ops.projct', /^Unknown rule\. .* Did you mean project\?$/],
    ['{ ops: { lables: OPS } }', 'channels.ops.lables', /Did you mean labels\?$/],
    ['{ ops: { label_to_issue_type: { Bgu: Bug } } }', 'channels.ops.label_to_issue_type.Bgu', /Did you mean Bug\?$/],
    ['{ ops: { answer: all } }', 'channels.ops.answer', /^Expected channel or requester\.$/],
    ['{ ops: OPS }', 'channels.ops', /^Expected rules such as `project: OPS`/],
    ['{ project: OPS }', 'channels.project', /A name with # stands in quotation marks\.$/],
    ['{ ops: {}, "#ops": {} }', 'channels.#ops', /^ops is the same one/],
    ['{ "#": {} }', 'channels.#', /^Expected the name of a channel/],
    ['OPS', 'channels', /^Expected a map/],
  ])('are told where they cannot be used: %s', (text, key, message) => {
    expect(config(`channels: ${text}\n`).problems).toEqual([
      { source: join(dataDir, 'config.yml'), key, message: expect.stringMatching(message) },
    ]);
  });

  it('leave out alone what cannot be used', () => {
    const { settings } = config('channels: { ops: { project: o p, emoji: fire }, web: 7, it: { labels: [ok, []] } }\n');
    expect(settings.channels.rules).toEqual({ ops: { emoji: 'fire' }, it: { labels: ['ok'] } });
  });

  it('may keep texts from cloud and customers in the current folder’s file, and not let them go there', () => {
    const path = join(cwd, 'config.yml');
    writeFileSync(
      path,
      'channels: { ops: { never_cloud: false, emoji: fire, jsm_comments: Public }, web: { never_cloud: true, jsm_comments: internal } }\n',
    );
    const { settings, problems, notTaken } = load();
    expect(settings.channels.rules).toEqual({
      ops: { emoji: 'fire', isOfCurrentFolder: true },
      web: { neverCloud: true, jsmComments: 'internal', isOfCurrentFolder: true },
    });
    const where =
      'does not count from the folder where npm was called. Set it in the window or in config.yml in the data folder.';
    expect(problems).toEqual([
      { source: path, key: 'channels.ops.never_cloud', message: `That a text may go to the cloud ${where}` },
      { source: path, key: 'channels.ops.jsm_comments', message: `That customers may read comments ${where}` },
    ]);
    expect(notTaken).toEqual(problems);
  });

  it('count in the current folder’s file after those of another place that names the same channel otherwise', () => {
    writeFileSync(join(cwd, 'config.yml'), 'channels: { C0123456789: { project: HERE, answer: channel } }\n');
    const { settings } = config('channels: { ops: { project: DATA, answer: requester } }\n');
    const { project, answer } = channelRulesIn(settings.channels.rules, { id: 'C0123456789', name: 'ops' });
    expect([project, answer]).toEqual(['DATA', 'requester']);
  });

  it.each(['7', 'OPS', '[ops]', '"#ops"'])(
    'that are no map in the current folder’s file are a problem alone: %s',
    (text) => {
      const path = join(cwd, 'config.yml');
      writeFileSync(path, `channels: ${text}\nJIRA_PROJECT_KEY: OPS\n`);
      writeFileSync(join(dataDir, 'config.yml'), 'channels: { ops: { never_cloud: true } }\n');
      const { settings, problems } = load({ OPENAI_ALLOWED: 'true', OPENAI_API_KEY: 'key' });
      expect([settings.channels.rules, settings.jira.project]).toEqual([{ ops: { neverCloud: true } }, 'OPS']);
      expect(settings.openai.allowed).toBe(true);
      expect(problems).toMatchObject([{ source: path, key: 'channels' }]);
    },
  );
});

describe('config.yml of the current folder', () => {
  const here = (text: string) => writeFileSync(join(cwd, 'config.yml'), text);

  it('counts before DATA/config.yml', () => {
    here('OPENAI_MODEL: here\nJIRA_PROJECT_KEY: HERE\n');
    const { settings, origins } = config('OPENAI_MODEL: data\n');
    expect([settings.openai.model, settings.jira.project]).toEqual(['data', 'HERE']);
    expect(origins).toMatchObject({ OPENAI_MODEL: 'config.yml', JIRA_PROJECT_KEY: './config.yml' });
  });

  it('is none of ours where nothing in it is', () => {
    here('title: My site\npermalink: pretty\n');
    expect(load().problems).toEqual([]);
    here('title: [My site\n');
    expect(load().problems).toEqual([]);
  });

  it('is ours where it sets one of our settings, also where it is broken', () => {
    here('JIRA_PROJECT_KEY: OPS\ntitle: My site\nJIRA_EMIAL: a@b.c\n');
    expect(load().problems.map(({ key, message }) => `${key} ${message}`)).toEqual([
      'title Unknown setting. See the template for all names.',
      'JIRA_EMIAL Unknown setting. Did you mean JIRA_EMAIL?',
    ]);
    here('JIRA_PROJECT_KEY: OPS\ntitle: [My site\n');
    expect(load().problems).toMatchObject([{ source: join(cwd, 'config.yml'), key: '' }]);
  });

  it('names what is misspelt in it', () => {
    here('jira_project_key: OPS\n');
    expect(load().problems).toMatchObject([{ message: 'Unknown setting. Did you mean JIRA_PROJECT_KEY?' }]);
  });
});

describe('a config.yml whose rules nobody knows', () => {
  const broken = [
    'channels: [',
    'OPENAI_MODEL: x\nOPENAI_MODEL: y\n',
    '- OPENAI_MODEL: x\nOPENAI_MODEL:',
    '#'.repeat(70_000),
  ];
  const allowed = { OPENAI_ALLOWED: 'true', OPENAI_API_KEY: 'key' };

  it.each(
    broken.flatMap((text) => [() => dataDir, () => cwd].map((where) => [text.slice(0, 40), text, where] as const)),
  )('lets no text go to the cloud, and says so: %s', (_, text, where) => {
    const path = join(where(), 'config.yml');
    writeFileSync(path, text);
    const { settings, problems, notices } = load({}, allowed);
    expect(settings.openai.allowed).toBe(false);
    expect(problems).toMatchObject([
      { source: path, key: '' },
      { source: path, key: 'OPENAI_ALLOWED', message: expect.stringMatching(/^OpenAI is not used: .*Mend/) },
    ]);
    expect(notices.join()).toContain('OpenAI is not used');
    expect(load({}, {}).problems).toHaveLength(1);
    writeFileSync(path, 'OPENAI_MODEL: x\n');
    expect(load({}, allowed).settings.openai.allowed).toBe(true);
  });

  it('is none that is not there, or of somebody else', () => {
    writeFileSync(join(cwd, 'config.yml'), 'title: [My site\n');
    expect(load({}, allowed).settings.openai.allowed).toBe(true);
  });
});

describe('the template', () => {
  const uncommented = readFileSync(templatePath, 'utf8').replace(/^# (?=[A-Za-z_]+:( |$)| {2})/gm, '');

  it('is valid when every line is taken into use', () => {
    expect(parseDocument(uncommented).errors).toEqual([]);
    mkdirSync(join(dataDir, 'models'));
    writeFileSync(join(dataDir, 'models', 'my-model.gguf'), '');
    const { problems, settings } = config(uncommented);
    expect(problems).toEqual([]);
    expect(settings.jira).toMatchObject({ project: 'KAN', defaultFields: { Office: 'Berlin' } });
  });

  it('comes into a new data folder with nothing set, also where somebody edited it', () => {
    const edited = join(cwd, 'edited.yml');
    writeFileSync(edited, `${readFileSync(templatePath, 'utf8')}OPENAI_ALLOWED: true\nchannels:\n  ops: {}\n`);
    loadSettings({ dataDir: join(cwd, 'new'), cwd: null, env: {}, templatePath: edited });
    const created = readFileSync(join(cwd, 'new', 'config.yml'), 'utf8');
    expect(parse(created)).toBeNull();
    expect(created).toContain('# OPENAI_ALLOWED: true\n# channels:\n#   ops: {}\n');
  });

  it('shows every setting that is no secret', () => {
    const shown = Object.keys(parse(uncommented));
    expect(shown.toSorted()).toEqual(
      [...settingNames.filter((name) => !secretNames.some((secret) => secret === name)), ...mapNames].toSorted(),
    );
  });
});
