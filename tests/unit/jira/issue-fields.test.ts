import { describe, expect, it } from 'vitest';
import { buildFields, buildProperty } from '../../../electron/jira/issue-fields.ts';
import { plainText } from '../../../electron/rich-text/rich-text.ts';
import { draft } from './draft.ts';

describe('buildFields', () => {
  const parts = {
    draft: draft(),
    project: 'KAN',
    type: { id: '10', name: 'Bug', reason: null, note: null },
    screen: null,
    leftOut: new Set<'labels' | 'description'>(),
    description: plainText('It smokes.'),
    defaultFields: {},
  };

  it('names the project by key or by id, and the type by id or by name', () => {
    expect(buildFields(parts).fields).toMatchObject({ project: { key: 'KAN' }, issuetype: { id: '10' } });
    const unknown = { ...parts, project: '10001', type: { id: null, name: 'Bug', reason: null, note: null } };
    expect(buildFields(unknown).fields).toMatchObject({ project: { id: '10001' }, issuetype: { name: 'Bug' } });
  });

  it('adds configured defaults, which never replace what a ticket says itself', () => {
    const defaultFields = {
      customfield_1: { value: 'red' },
      summary: 'x',
      project: 'x',
      issuetype: 'x',
      labels: ['x'],
      description: 'x',
    };
    expect(buildFields({ ...parts, defaultFields })).toEqual({
      fields: {
        customfield_1: { value: 'red' },
        project: { key: 'KAN' },
        issuetype: { id: '10' },
        summary: 'The printer on floor 3 is broken',
        labels: ['ticket-agent'],
      },
      texts: { description: parts.description },
    });
  });

  it('leaves out what is not on the screen', () => {
    const { fields, texts } = buildFields({
      ...parts,
      screen: new Map([['summary', 'Summary']]),
      leftOut: new Set(['labels', 'description']),
      defaultFields: { customfield_1: 1, labels: ['x'], description: 'x' },
    });
    expect(Object.keys(fields).sort()).toEqual(['issuetype', 'project', 'summary']);
    expect(texts).toEqual({});
  });
});

describe('buildProperty', () => {
  it('says which request the issue is, who asked, where, and how it was classified', () => {
    expect(buildProperty(draft())).toEqual({
      requestId: 'a'.repeat(32),
      label: 'Bug',
      confidence: 0.93,
      source: 'gguf',
      requester: { id: 'U1', name: 'ada' },
      channel: { id: 'C1', name: 'help' },
      createdBy: 'AI Ticket Agent',
    });
  });
});
