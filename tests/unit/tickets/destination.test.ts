import { describe, expect, it } from 'vitest';
import {
  allProjects,
  destinationOf,
  nobodysWishes,
  projectFor,
  typesFor,
  usualProject,
} from '../../../electron/tickets/destination.ts';
import type { ChannelMap } from '../../../shared/channel-rules.ts';
import { ticketRules } from '../../fakes/ticket-rules.ts';

const inOps = { ...nobodysWishes, channel: 'C1', channelName: 'ops' };
const inWeb = { ...nobodysWishes, channel: 'C2', channelName: 'web' };

function rulesWith(channels: ChannelMap, jira: Partial<ReturnType<typeof ticketRules>['jira']> = {}) {
  const rules = ticketRules();
  return { ...rules, jira: { ...rules.jira, ...jira }, channels: { rules: channels } };
}

const rules = rulesWith(
  {
    ops: {
      project: 'OPS',
      labelToIssueType: { Bug: 'Fault' },
      labels: ['from-slack'],
      defaults: { components: ['Backend'], Office: 'Paris' },
    },
    default: { labels: ['other'] },
  },
  { defaultFields: { Office: 'Berlin', Team: 'Red' } },
);

describe('a ticket', () => {
  const bug = { classification: { label: 'Bug' as const } };

  it('goes where its channel says, with the labels and the values of its channel', () => {
    expect(destinationOf({ ...inOps, ...bug }, rules)).toEqual({
      project: 'OPS',
      issueType: 'Fault',
      labels: ['from-slack'],
      defaultFields: { components: ['Backend'], Office: 'Paris', Team: 'Red' },
      wantedFields: {},
    });
  });

  it('of a channel without rules goes where all go', () => {
    expect(destinationOf({ ...inWeb, ...bug }, rules)).toEqual({
      project: 'KAN',
      issueType: 'Bug',
      labels: ['other'],
      defaultFields: { Office: 'Berlin', Team: 'Red' },
      wantedFields: {},
    });
  });

  it('goes where its person wants, whatever its channel says', () => {
    const wishes = { wantedProject: 'WEB', wantedType: 'Story', wantedFields: { Office: 'Rome' } };
    expect(destinationOf({ ...inOps, ...wishes, ...bug }, rules)).toMatchObject({
      project: 'WEB',
      issueType: 'Story',
      wantedFields: { Office: 'Rome' },
    });
    expect(projectFor({ ...inOps, wantedProject: 'WEB' }, rules)).toBe('WEB');
  });

  it('brings values of its channel first, so that they count where both mean the same field', () => {
    const named = rulesWith({ ops: { defaults: { customfield_1: 'a' } } }, { defaultFields: { Team: 'b' } });
    expect(Object.keys(destinationOf({ ...inOps, ...bug }, named).defaultFields)).toEqual(['customfield_1', 'Team']);
  });
});

it('has other types in a channel that says so', () => {
  expect(typesFor(inOps, rules)).toMatchObject({ Bug: 'Fault', Task: 'Task' });
  expect(typesFor(inWeb, rules)).toMatchObject({ Bug: 'Bug', Task: 'Task' });
});

describe('the projects', () => {
  it('are all that tickets can go to', () => {
    expect([usualProject(rules), allProjects(rules)]).toEqual(['KAN', ['KAN', 'OPS']]);
  });

  it('may be those of channels alone', () => {
    const alone = rulesWith({ ops: { project: 'OPS' }, default: { project: 'ANY' } }, { project: null });
    expect([usualProject(alone), allProjects(alone)]).toEqual(['ANY', ['ANY', 'OPS']]);
    expect([projectFor(inOps, alone), projectFor(inWeb, alone)]).toEqual(['OPS', 'ANY']);
    const some = rulesWith({ ops: { project: 'OPS' } }, { project: null });
    expect([usualProject(some), allProjects(some), projectFor(inWeb, some)]).toEqual(['OPS', ['OPS'], '']);
    const none = rulesWith({}, { project: null });
    expect([usualProject(none), allProjects(none)]).toEqual(['', []]);
  });
});
