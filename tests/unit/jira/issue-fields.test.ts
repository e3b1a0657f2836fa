import { describe, expect, it } from 'vitest';
import { buildFields, buildProperty } from '../../../electron/jira/issue-fields.ts';
import { plainText } from '../../../electron/rich-text/rich-text.ts';
import { draft } from './draft.ts';

describe('buildFields', () => {
  const parts = {
    project: 'KAN',
    summary: 'The printer on floor 3 is broken',
    type: { id: '10', name: 'Bug', reason: null, note: null },
    description: plainText('It smokes.'),
    labels: [],
    fields: {},
    texts: {},
    reporter: null,
    leftOut: new Set<string>(),
  };

  it('names the project by key or by id, and the type by id or by name', () => {
    expect(buildFields(parts).fields).toMatchObject({ project: { key: 'KAN' }, issuetype: { id: '10' } });
    const unknown = { ...parts, project: '10001', type: { ...parts.type, id: null } };
    expect(buildFields(unknown).fields).toMatchObject({ project: { id: '10001' }, issuetype: { name: 'Bug' } });
  });

  it('adds other values, which never replace what a ticket says itself', () => {
    const fields = { customfield_1: { value: 'red' }, summary: 'x', project: 'x', issuetype: 'x', reporter: 'x' };
    const texts = { environment: plainText('Here.'), description: plainText('x') };
    expect(buildFields({ ...parts, fields, texts, labels: ['x', 'ticket-agent'], reporter: { name: 'ada' } })).toEqual({
      fields: {
        customfield_1: { value: 'red' },
        project: { key: 'KAN' },
        issuetype: { id: '10' },
        summary: 'The printer on floor 3 is broken',
        labels: ['ticket-agent', 'x'],
        reporter: 'x',
      },
      texts: { environment: texts.environment, description: parts.description },
    });
  });

  it('leaves out what Jira does not take', () => {
    const leftOut = new Set(['labels', 'description', 'customfield_1']);
    const { fields, texts } = buildFields({ ...parts, leftOut, fields: { customfield_1: 1 }, labels: ['x'] });
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
