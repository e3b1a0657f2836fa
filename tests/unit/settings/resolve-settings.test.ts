import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveSettings } from '../../../electron/settings/resolve-settings.ts';
import type { SettingLayer } from '../../../electron/settings/setting-layer.ts';

function layer(values: Record<string, unknown>, origin: SettingLayer['origin'] = 'environment'): SettingLayer {
  return { origin, source: origin, values };
}

function resolve(...layers: SettingLayer[]) {
  return resolveSettings(layers, { dataDir: '/data', cwd: '/here', exists: (path) => path === '/here/in-cwd.gguf' });
}

/** The problems' keys and messages, for values from the environment. */
function problemsOf(values: Record<string, unknown>) {
  return resolve(layer(values)).problems.map(({ key, message }) => `${key}: ${message}`);
}

describe('merging', () => {
  it('has defaults where nothing is given', () => {
    const { settings, origins, problems } = resolve();
    expect(settings.slack).toEqual({ botToken: null, appToken: null, apiUrl: 'https://slack.com/api/' });
    expect(settings.jira).toMatchObject({ baseUrl: null, deployment: null, defaultFields: {} });
    expect(settings.jira.labelToIssueType['Feature Request']).toBe('Task');
    expect(settings.openai).toMatchObject({ apiKey: null, baseUrl: 'https://api.openai.com/v1', allowed: false });
    expect(new Set(Object.values(origins))).toEqual(new Set(['default']));
    expect(problems).toEqual([]);
  });

  it('lets the later layer win and remembers which one it was', () => {
    const { settings, origins } = resolve(
      layer({ JIRA_EMAIL: 'a@example.com', JIRA_PROJECT_KEY: 'kan' }, 'config.yml'),
      layer({ JIRA_EMAIL: ' b@example.com ' }, '.env'),
    );
    expect(settings.jira).toMatchObject({ email: 'b@example.com', project: 'KAN' });
    expect(origins).toMatchObject({ JIRA_EMAIL: '.env', JIRA_PROJECT_KEY: 'config.yml' });
  });

  it('counts empty and blank as absent', () => {
    const { settings, origins } = resolve(
      layer({ JIRA_EMAIL: 'a@example.com' }, 'config.yml'),
      layer({ JIRA_EMAIL: '  ' }),
    );
    expect(settings.jira.email).toBe('a@example.com');
    expect(origins.JIRA_EMAIL).toBe('config.yml');
  });

  it('never lets an earlier value through for a bad one', () => {
    const { settings, problems } = resolve(
      layer({ JIRA_BASE_URL: 'https://old.example.com' }, 'config.yml'),
      layer({ JIRA_BASE_URL: 'ana@new.example.com' }),
    );
    expect(settings.jira.baseUrl).toBeNull();
    expect(problems).toEqual([
      { source: 'environment', key: 'JIRA_BASE_URL', message: expect.stringContaining('https://') },
    ]);
  });

  it('merges maps entry by entry over the defaults', () => {
    const { settings, origins } = resolve(
      layer({ label_to_issue_type: { Incident: 'Outage', Bug: 'Defect' } }, 'config.yml'),
      layer(
        { label_to_issue_type: { Bug: 'Fault' }, jira_default_fields: { customfield_1: { value: 'x' } } },
        'settings.json',
      ),
    );
    expect(settings.jira.labelToIssueType).toEqual({
      Task: 'Task',
      Bug: 'Fault',
      Incident: 'Outage',
      'Feature Request': 'Task',
      Question: 'Question',
    });
    expect(settings.jira.defaultFields).toEqual({ customfield_1: { value: 'x' } });
    expect(origins).toMatchObject({ label_to_issue_type: 'settings.json', jira_default_fields: 'settings.json' });
  });
});

describe('Slack', () => {
  it('says so when the two tokens are swapped, without quoting them', () => {
    const problems = problemsOf({ SLACK_BOT_TOKEN: 'xapp-secret', SLACK_APP_TOKEN: 'xoxb-secret' });
    expect(problems).toHaveLength(2);
    for (const problem of problems) expect(problem).toMatch(/swapped/);
    expect(problems.join()).not.toContain('secret');
  });

  it.each(['xoxe.xoxb-1-secret', 'xoxe.xoxp-1-secret', 'xoxe-1-secret'])('names %s as one that rotates', (token) => {
    const problems = problemsOf({ SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: token });
    expect(problems).toHaveLength(2);
    for (const problem of problems) expect(problem).toMatch(/token rotation is on, which is not supported/);
    expect(problems.join()).not.toContain('secret');
  });

  it('accepts another address on https, or on http on this machine', () => {
    for (const [given, normal] of [
      ['http://127.0.0.1:4000/api', 'http://127.0.0.1:4000/api/'],
      ['http://127.8.9.10/api/', 'http://127.8.9.10/api/'],
      ['http://[::1]:4000/api', 'http://[::1]:4000/api/'],
      ['http://localhost:4000', 'http://localhost:4000/'],
      ['https://slack.example.com/api', 'https://slack.example.com/api/'],
    ]) {
      expect(resolve(layer({ SLACK_API_URL: given })).settings.slack.apiUrl).toBe(normal);
    }
  });

  it.each([
    'http://slack.example.com/api/',
    'http://127.0.0.1.example.com/',
    'http://localhost.example.com/',
    'ftp://127.0.0.1/',
    'https://me:pass@slack.example.com/',
    'slack',
  ])('keeps the tokens from the real Slack when the address is wrong: %s', (address) => {
    const { settings, problems } = resolve(
      layer({ SLACK_API_URL: address, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }),
    );
    expect(settings.slack).toEqual({ botToken: null, appToken: null, apiUrl: 'https://slack.com/api/' });
    expect(problems.map(({ key }) => key)).toEqual(['SLACK_API_URL']);
  });
});

describe('Jira', () => {
  it.each([
    ['https://acme.atlassian.net/', 'https://acme.atlassian.net'],
    ['acme', 'https://acme.atlassian.net'],
    ['https://acme.atlassian.net/jira/software/projects/KAN', 'https://acme.atlassian.net'],
    ['jira.example.com/jira/browse/OPS-7', 'https://jira.example.com/jira'],
    ['https://jira.example.com/jira/', 'https://jira.example.com/jira'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ])('reads the address %s as %s', (given, normal) => {
    expect(resolve(layer({ JIRA_BASE_URL: given })).settings.jira.baseUrl).toBe(normal);
  });

  it('accepts http beyond this machine for a Data Center only', () => {
    const address = { JIRA_BASE_URL: 'http://jira.intranet' };
    expect(problemsOf(address)).toHaveLength(1);
    const { settings } = resolve(layer({ ...address, JIRA_DEPLOYMENT: 'DataCenter' }));
    expect(settings.jira).toMatchObject({ baseUrl: 'http://jira.intranet', deployment: 'datacenter' });
  });

  it('keeps its token where the address is wrong, since nobody else would get it', () => {
    const { settings } = resolve(layer({ JIRA_BASE_URL: 'our Jira', JIRA_API_TOKEN: 'token' }));
    expect(settings.jira).toMatchObject({ baseUrl: null, apiToken: 'token' });
  });

  it('says that which Jira it is is found out where it is not told', () => {
    expect(problemsOf({ JIRA_DEPLOYMENT: 'server' })).toEqual([
      expect.stringContaining('found out by asking when not set'),
    ]);
  });

  it.each([
    ['kan', 'KAN'],
    ['A_1', 'A_1'],
    ['10000', '10000'],
    [10000, '10000'],
  ])('takes the project %s', (given, normal) => {
    expect(resolve(layer({ JIRA_PROJECT_KEY: given })).settings.jira.project).toBe(normal);
  });

  it.each(['K', '1KAN', '0', 'KAN-7', '../x', 'KÄN'])('refuses the project %s', (given) => {
    expect(problemsOf({ JIRA_PROJECT_KEY: given })).toHaveLength(1);
  });

  it('names bad entries of maps', () => {
    const problems = problemsOf({
      label_to_issue_type: { Feature: 'Story', 'Feature Requst': 'Story', Bug: ['x'] },
      jira_default_fields: 'x',
    });
    expect(problems).toEqual([
      expect.stringMatching(/^label_to_issue_type\.Feature: .*Expected one of Task, Bug/),
      expect.stringMatching(/^label_to_issue_type\.Feature Requst: .*Did you mean Feature Request\?/),
      expect.stringMatching(/^label_to_issue_type\.Bug: /),
      expect.stringMatching(/^jira_default_fields: Expected a map/),
    ]);
  });

  it('takes an empty entry of a map for absent', () => {
    const { settings, problems } = resolve(layer({ label_to_issue_type: { Question: '', Bug: null } }, 'config.yml'));
    expect(settings.jira.labelToIssueType).toMatchObject({ Question: 'Question', Bug: 'Bug' });
    expect(problems).toEqual([]);
  });

  it('refuses other bad values by name', () => {
    const bad = {
      JIRA_EMAIL: 'ann',
      JIRA_API_TOKEN: 'two words',
      JIRA_DEPLOYMENT: 'server',
      OPENAI_ALLOWED: 'maybe',
      OPENAI_MODEL: ['a', 'b'],
    };
    const keys = resolve(layer(bad)).problems.map(({ key }) => key);
    expect(keys.toSorted()).toEqual(Object.keys(bad).toSorted());
  });
});

describe('models', () => {
  it('finds a relative GGUF in the data folder, else in the current one, else names the data folder', () => {
    const path = (given: string) => resolve(layer({ GGML_MODEL_PATH: given })).settings.model.path;
    expect(path('/models/a.gguf')).toBe('/models/a.gguf');
    expect(path('in-cwd.gguf')).toBe('/here/in-cwd.gguf');
    expect(path('nowhere.gguf')).toBe('/data/nowhere.gguf');
  });

  it('is not asked about where only one place is meant: it may lie on a share that hangs', () => {
    const exists = () => {
      throw new Error('It was asked about.');
    };
    for (const [given, cwd] of [
      ['/mnt/share/a.gguf', '/here'],
      ['a.gguf', null],
    ] as const) {
      const { settings } = resolveSettings([layer({ GGML_MODEL_PATH: given })], { dataDir: '/data', cwd, exists });
      expect(settings.model.path).toMatch(/a\.gguf$/);
    }
  });

  it('looks in more folders, named in one line or on several', () => {
    const folders = (given: string) => resolve(layer({ MODEL_FOLDERS: given })).settings.model.folders;
    expect(folders('')).toEqual([]);
    expect(folders(`/one${delimiter} two ${delimiter}`)).toEqual(['/one', '/data/two']);
    expect(folders('/one\n/two\n')).toEqual(['/one', '/two']);
  });

  it('waits 20 s for a GGUF and keeps it in memory, unless told otherwise', () => {
    const modelOf = (values: Record<string, unknown>) => resolve(layer(values)).settings.model;
    expect(modelOf({})).toMatchObject({ waitSeconds: 20, idleMinutes: null });
    expect(modelOf({ MODEL_WAIT_SECONDS: 5, MODEL_IDLE_MINUTES: '30' })).toMatchObject({
      waitSeconds: 5,
      idleMinutes: 30,
    });
    expect(modelOf({ MODEL_IDLE_MINUTES: 0 }).idleMinutes).toBeNull();
    const bad = { MODEL_WAIT_SECONDS: 0, MODEL_IDLE_MINUTES: 'long' };
    expect(modelOf(bad)).toMatchObject({ waitSeconds: 20, idleMinutes: null });
    expect(problemsOf(bad)).toEqual([
      expect.stringMatching(/^MODEL_WAIT_SECONDS: .*from 1 to 600/),
      expect.stringMatching(/^MODEL_IDLE_MINUTES: .*0 for never/),
    ]);
  });

  it.each([
    ['true', true],
    ['YES', true],
    ['1', true],
    [true, true],
    ['false', false],
    ['no', false],
    ['0', false],
  ])('reads OPENAI_ALLOWED %s as %s', (given, allowed) => {
    const { settings, problems } = resolve(
      layer({ OPENAI_ALLOWED: given, ...(allowed ? { OPENAI_API_KEY: 'sk-1' } : {}) }),
    );
    expect(settings.openai.allowed).toBe(allowed);
    expect(problems).toEqual([]);
  });

  it('keeps the key from OpenAI when the address is wrong', () => {
    const { settings } = resolve(layer({ OPENAI_BASE_URL: 'http://models.example.com', OPENAI_API_KEY: 'sk-1' }));
    expect(settings.openai).toMatchObject({ apiKey: null, baseUrl: 'https://api.openai.com/v1' });
  });
});

describe('behaviour', () => {
  const behaviourOf = (values: Record<string, unknown>) => resolve(layer(values)).settings.behaviour;

  it('notifies of what needs a person, and deletes nothing, unless told otherwise', () => {
    expect(behaviourOf({})).toMatchObject({
      startAtLogin: false,
      notifyAttention: true,
      notifyApproval: false,
      deleteTextsAfterDays: null,
      deleteTicketsAfterDays: null,
    });
  });

  it('reads what is given', () => {
    const given = {
      START_AT_LOGIN: true,
      NOTIFY_ATTENTION: 'no',
      NOTIFY_APPROVAL: '1',
      DELETE_TEXTS_AFTER_DAYS: 30,
      DELETE_TICKETS_AFTER_DAYS: '3650',
    };
    expect(behaviourOf(given)).toMatchObject({
      startAtLogin: true,
      notifyAttention: false,
      notifyApproval: true,
      deleteTextsAfterDays: 30,
      deleteTicketsAfterDays: 3650,
    });
  });

  it.each(['3651', '1.5', '-3', 'a month', '1e3'])('never deletes by a number of days such as %s', (days) => {
    const { settings, problems } = resolve(layer({ DELETE_TICKETS_AFTER_DAYS: days }));
    expect(settings.behaviour.deleteTicketsAfterDays).toBeNull();
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('from 1 to 3650')]);
  });

  it('takes 0 for never, whatever an earlier layer says', () => {
    const saved = {
      origin: 'settings.json',
      source: 'settings.json',
      values: { DELETE_TICKETS_AFTER_DAYS: '0' },
    } as const;
    const { settings, origins, problems } = resolve(layer({ DELETE_TICKETS_AFTER_DAYS: 90 }), saved);
    expect(settings.behaviour.deleteTicketsAfterDays).toBeNull();
    expect(origins.DELETE_TICKETS_AFTER_DAYS).toBe('settings.json');
    expect(problems).toEqual([]);
  });

  it('falls back to the default where an answer is neither yes nor no', () => {
    const { settings, problems } = resolve(layer({ NOTIFY_ATTENTION: 'perhaps', NOTIFY_APPROVAL: 'perhaps' }));
    expect(settings.behaviour).toMatchObject({ notifyAttention: true, notifyApproval: false });
    expect(problems.map(({ message }) => message)).toEqual([
      'Expected true or false; taken as true.',
      'Expected true or false; taken as false.',
    ]);
  });
});

describe('who may do what', () => {
  const peopleOf = (values: Record<string, unknown>) => resolve(layer(values, 'config.yml'));

  it('is ours alone to decide, ten tickets a minute, and the configured project, where nothing is said', () => {
    expect(resolve().settings.people).toMatchObject({
      externalMayDecide: false,
      ticketsPerMinute: 10,
      statusProjects: [],
    });
  });

  it.each([
    ['ops', ['OPS']],
    ['OPS, web;  A_1', ['OPS', 'WEB', 'A_1']],
    [
      ['OPS', 'WEB'],
      ['OPS', 'WEB'],
    ],
    ['*', '*'],
    ['OPS, *', '*'],
    ['"*"', '*'],
    ["'*'", '*'],
    ['OPS, “*”', '*'],
  ])('reads the projects %j', (given, projects) => {
    const { settings, problems } = peopleOf({ STATUS_PROJECTS: given });
    expect([settings.people.statusProjects, problems]).toEqual([projects, []]);
  });

  it.each([
    ['STATUS_PROJECTS', 'KAN-7'],
    ['STATUS_PROJECTS', ', ;'],
    ['STATUS_PROJECTS', '"OPS"'],
    ['STATUS_PROJECTS', 'OPS" OR project = "HR'],
    ['STATUS_PROJECTS', { OPS: true }],
    ['TICKETS_PER_MINUTE', '-1'],
    ['TICKETS_PER_MINUTE', '1e9'],
    ['EXTERNAL_MAY_DECIDE', 'perhaps'],
  ])('takes %s: %j for not set, and says so', (name, given) => {
    const { settings, problems } = peopleOf({ [name]: given });
    expect(problems).toMatchObject([{ key: name }]);
    expect(settings.people).toEqual(resolve().settings.people);
  });

  it('knows 0 as no limit', () => {
    expect(peopleOf({ TICKETS_PER_MINUTE: 0 }).settings.people.ticketsPerMinute).toBe(0);
  });
});

it.each([
  [{ OPENAI_API_KEY: 'sk-1' }, 'OPENAI_API_KEY', /OPENAI_ALLOWED is not: no text goes to OpenAI/],
  [{ OPENAI_API_KEY: 'sk-1', OPENAI_ALLOWED: 'on' }, 'OPENAI_ALLOWED', /Expected true or false/],
  [{ OPENAI_API_KEY: 's k', OPENAI_ALLOWED: 'yes' }, 'OPENAI_API_KEY', /Expected one word/],
  [{ OPENAI_ALLOWED: 'true' }, 'OPENAI_ALLOWED', /OPENAI_API_KEY is not set/],
])('says of %j what it does nothing without', (values, key, message) => {
  expect(resolve(layer(values)).problems).toEqual([
    { source: 'environment', key, message: expect.stringMatching(message) },
  ]);
});

it('says nothing of a key whose use a person refused, nor of one that is saved where it cannot be read', () => {
  expect(resolve(layer({ OPENAI_API_KEY: 'sk-1', OPENAI_ALLOWED: 'false' })).problems).toEqual([]);
  const paths = { dataDir: '/data', cwd: null, exists: () => false };
  expect(resolveSettings([layer({ OPENAI_ALLOWED: 'true' })], paths, ['OPENAI_API_KEY']).problems).toEqual([]);
});
