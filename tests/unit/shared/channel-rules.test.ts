import { describe, expect, it } from 'vitest';
import {
  channelKey,
  channelProjects,
  channelRulesIn,
  hasRulesByName,
  usualChannelRules,
} from '../../../shared/channel-rules.ts';
import { readChannel, writeChannel } from '../../../shared/channel-setting.ts';
import { mapRows } from '../../../shared/settings-table.ts';

const ops = { id: 'C0123456789', name: 'ops' };

describe('a channel', () => {
  it.each([
    ['ops', 'ops'],
    ['#ops', 'ops'],
    [' #Ops ', 'ops'],
    ['C0123456789', 'C0123456789'],
    ['<#C0123456789|ops>', 'C0123456789'],
    ['<#C0123456789>', 'C0123456789'],
    ['customers', 'customers'],
    ['#Größe', 'größe'],
    ['default', 'default'],
  ])('%j is known as %s', (written, key) => {
    expect(channelKey(written)).toBe(key);
  });

  it('has the rules of its id, else of its name, else of the others', () => {
    const channels = { default: { project: 'ANY' }, ops: { project: 'OPS' }, C0123456789: { project: 'ID' } };
    expect(channelRulesIn(channels, ops).project).toBe('ID');
    expect(channelRulesIn(channels, { ...ops, id: 'C1' }).project).toBe('OPS');
    expect(channelRulesIn(channels, { id: 'C1', name: 'OPS' }).project).toBe('OPS');
    expect(channelRulesIn(channels, { id: 'D1', name: null }).project).toBe('ANY');
    expect(channelRulesIn({}, ops)).toEqual(usualChannelRules);
  });

  it.each(['C1', 'G0A', 'D7', 'C0123456789'])('has the rules of its id, however short and in any case: %s', (id) => {
    for (const written of [id, id.toLowerCase(), `<#${id}|ops>`]) {
      const channels = { [channelKey(written)]: { project: 'ID', neverCloud: true }, ops: { project: 'OPS' } };
      for (const name of ['ops', null]) {
        expect(channelRulesIn(channels, { id, name })).toMatchObject({ project: 'ID', neverCloud: true });
      }
    }
  });

  describe('of which the current folder says something', () => {
    const here = { isOfCurrentFolder: true } as const;
    const byId = (id: object, name: object) => ({ C0123456789: id, ops: name });

    it.each([
      ['by id', byId({ project: 'HERE', ...here }, { project: 'DATA' })],
      ['by name', byId({ project: 'DATA' }, { project: 'HERE', ...here })],
    ])('%s has the rules of another place', (_, channels) => {
      expect(channelRulesIn(channels, ops)).toEqual({ ...usualChannelRules, project: 'DATA' });
    });

    it('has those of the current folder where no other place names it', () => {
      const channels = { ops: { project: 'HERE', ...here }, default: { project: 'ANY' } };
      expect(channelRulesIn(channels, ops)).toEqual({ ...usualChannelRules, project: 'HERE' });
    });

    it('is kept from the cloud by either one, unless the trusted one says that it may go', () => {
      const kept = { neverCloud: true };
      expect(channelRulesIn(byId({ ...here }, kept), ops).neverCloud).toBe(true);
      expect(channelRulesIn(byId({ ...kept, ...here }, {}), ops).neverCloud).toBe(true);
      expect(channelRulesIn(byId({ ...kept, ...here }, { neverCloud: false }), ops).neverCloud).toBe(false);
    });
  });

  it('that has rules takes none of the others', () => {
    const channels = { default: { labels: ['x'], emoji: '' }, ops: { project: 'OPS' } };
    expect(channelRulesIn(channels, ops)).toEqual({ ...usualChannelRules, project: 'OPS' });
  });

  it('is kept from the cloud by the rules of the others as well, unless its own say that it may go there', () => {
    const others = { default: { neverCloud: true } };
    expect(channelRulesIn({ ...others, ops: {} }, ops).neverCloud).toBe(true);
    expect(channelRulesIn({ ...others, ops: { neverCloud: false } }, ops).neverCloud).toBe(false);
    expect(channelRulesIn({ ops: { neverCloud: true }, C0123456789: { project: 'X' } }, ops).neverCloud).toBe(true);
  });

  it.each([null, 'privategroup'])('whose name is told as %s is kept from the cloud as long as one is', (name) => {
    const channels = { ops: { neverCloud: true }, C0123456789: { neverCloud: false } };
    expect(channelRulesIn(channels, { id: 'C9', name }).neverCloud).toBe(true);
    expect(channelRulesIn(channels, { id: 'C0123456789', name }).neverCloud).toBe(false);
    expect(channelRulesIn(channels, { id: 'D9', name: null }).neverCloud).toBe(false);
    // None is chosen yet.
    expect(channelRulesIn(channels, { id: '', name: null }).neverCloud).toBe(true);
    expect(channelRulesIn({ ops: {} }, { id: 'C9', name }).neverCloud).toBe(false);
  });

  it.each(['constructor', '__proto__', 'toString'])('may be called %s', (name) => {
    expect(channelRulesIn({}, { id: 'C1', name })).toEqual(usualChannelRules);
  });

  it('may have the same project as another one', () => {
    expect(channelProjects({ a: { project: 'OPS' }, b: { project: 'OPS' }, c: {}, d: { project: '10' } })).toEqual([
      'OPS',
      '10',
    ]);
  });
});

const all = {
  project: 'ops',
  label_to_issue_type: { Bug: 'Fault', Task: '10001' },
  labels: ['from-slack', 7],
  defaults: { components: [{ name: 'Backend' }] },
  answer: 'requester',
  emoji: ':Rotating_light:',
  thread_replies: 'off',
  jsm_comments: 'public',
  never_cloud: 'yes',
};
const understood = {
  project: 'OPS',
  labelToIssueType: { Bug: 'Fault', Task: '10001' },
  labels: ['from-slack', '7'],
  defaults: { components: [{ name: 'Backend' }] },
  answer: 'requester',
  emoji: 'rotating_light',
  threadReplies: 'off',
  jsmComments: 'public',
  neverCloud: true,
};

describe('what is said of a channel', () => {
  it('is understood, each rule in the form that people give it', () => {
    expect(readChannel(all)).toEqual({ value: understood, faults: [] });
    expect(readChannel({ labels: 'a, b', never_cloud: false, project: 10000 })).toEqual({
      value: { labels: ['a', 'b'], neverCloud: false, project: '10000' },
      faults: [],
    });
  });

  it('is written as it is read', () => {
    const { value = {} } = readChannel(all);
    expect(readChannel(writeChannel(value))).toEqual({ value: understood, faults: [] });
  });

  it('is nothing where it is empty, but an empty emoji turns it off', () => {
    expect(readChannel({ project: '', labels: null, answer: '', emoji: '' })).toEqual({
      value: { emoji: '' },
      faults: [],
    });
    expect(readChannel({ emoji: null })).toEqual({ value: {}, faults: [] });
  });

  it.each<[Record<string, unknown>, (string | number)[], RegExp]>([
    [{ project: 'o p s' }, ['project'], /project key such as KAN/],
    [{ project: ['OPS'] }, ['project'], /single value/],
    [{ label_to_issue_type: 'Bug' }, ['label_to_issue_type'], /Expected a map/],
    [{ label_to_issue_type: { Bgu: 'Bug' } }, ['label_to_issue_type', 'Bgu'], /Unknown label/],
    [{ label_to_issue_type: { Bug: ['Bug'] } }, ['label_to_issue_type', 'Bug'], /name of an issue type/],
    [{ labels: { a: 1 } }, ['labels'], /list of labels/],
    [{ labels: ['ok', ['no']] }, ['labels', 1], /Expected a label/],
    [{ defaults: 'Berlin' }, ['defaults'], /Expected a map/],
    [{ answer: 'everybody' }, ['answer'], /channel or requester/],
    [{ emoji: '🚨' }, ['emoji'], /between colons/],
    [{ emoji: 'two words' }, ['emoji'], /between colons/],
    [{ thread_replies: 'some' }, ['thread_replies'], /marked or all or off/],
    [{ jsm_comments: 'secret' }, ['jsm_comments'], /internal or public/],
    [{ projct: 'OPS' }, ['projct'], /Unknown rule/],
  ])('%j counts as absent, alone, and says where and why', (wrong, path, message) => {
    const { value, faults } = readChannel({ ...wrong, ...(path[0] === 'answer' ? {} : { answer: 'requester' }) });
    expect(faults).toEqual([expect.objectContaining({ path, message: expect.stringMatching(message) })]);
    expect(value?.answer).toBe(path[0] === 'answer' ? undefined : 'requester');
    expect(value?.project).toBeUndefined();
    if (path[0] === 'labels' && path.length > 1) expect(value?.labels).toEqual(['ok']);
  });

  it('keeps texts from the cloud where nobody can tell what was meant', () => {
    const { value, faults } = readChannel({ never_cloud: 'maybe' });
    expect(value).toEqual({ neverCloud: true });
    expect(faults).toMatchObject([{ message: 'Expected true or false; taken as true.' }]);
  });

  it.each([true, 'OPS', 7, ['OPS']])('%j is no map', (entry) => {
    expect(readChannel(entry)).toMatchObject({ value: undefined, faults: [{ path: [] }] });
  });

  it('never quotes a value', () => {
    for (const name of Object.keys(all)) {
      const { faults } = readChannel({ [name]: 'a \u0000 secret' });
      expect(JSON.stringify(faults)).not.toContain('secret\u0000');
    }
  });

  it('has a rule for each line of the example in config.yml', () => {
    const example = mapRows.find(({ name }) => name === 'channels')?.example ?? '';
    for (const name of Object.keys(all)) expect(example).toContain(`  ${name}: `);
  });
});

it('a channel’s name is asked for only where rules have names', () => {
  expect(hasRulesByName({}, 'C01234567')).toBe(false);
  expect(hasRulesByName({ default: {} }, 'C01234567')).toBe(false);
  expect(hasRulesByName({ C07654321: {} }, 'C01234567')).toBe(false);
  expect(hasRulesByName({ ops: {} }, 'C01234567')).toBe(true);
  expect(hasRulesByName({ ops: {} }, 'D01234567')).toBe(false);
});
