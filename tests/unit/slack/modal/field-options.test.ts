import { describe, expect, it } from 'vitest';
import { choicesOf, suggested, toOptions } from '../../../../electron/slack/modal/field-options.ts';
import { storedValue } from '../../../../electron/slack/modal/field-values.ts';
import type { AskedField } from '../../../../electron/tickets/ports/issue-tracker.ts';

const longName = 'Enterprise resource planning and logistics department of the region ';
const field = (kind: AskedField['kind'], options: AskedField['options']): AskedField => ({
  ...{ id: 'customfield_1', name: 'Place', kind, options },
  ...{ required: true, help: null, isKnown: true, problem: null },
});
const textsOf = (asked: AskedField) => toOptions(choicesOf(asked)).map(({ text }) => text.text);

describe('options too long for Slack', () => {
  it.each([
    ['at their end', ['north', 'south'].map((end) => `${longName}${longName}${end}`)],
    ['at their end, with what is escaped', ['a', 'b'].map((end) => `${'<&>'.repeat(40)}${end}`)],
    ['in no half character', ['a', 'b'].map((end) => `${'👾'.repeat(60)}${end}`)],
  ])('can be told apart where they differ %s', (_, names) => {
    const options = names.map((name, index) => ({ id: String(index), name, children: [] }));
    const asked = field('select', options);
    const texts = textsOf(asked);
    expect(new Set(texts).size).toBe(names.length);
    for (const text of texts) {
      expect(text.length).toBeLessThanOrEqual(75);
      expect(text).toContain('…');
      expect(Buffer.from(text).toString()).toBe(text);
    }
    // Found by typing, each is called the same.
    expect(suggested(asked, names[1] ?? '').map(({ text }) => text.text)).toEqual([texts[1]]);
  });

  it('keep what is chosen below another thing whole', () => {
    const children = ['Printers', 'Servers'].map((name, index) => ({ id: `2${index}`, name }));
    const parents = ['north', 'south'].map((end, index) => ({ id: `${index}`, name: `${longName}${end}`, children }));
    const texts = textsOf(field('cascading', parents));
    expect(new Set(texts).size).toBe(6);
    expect(texts.filter((text) => text.endsWith(' &gt; Printers'))).toHaveLength(2);
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(75);
  });

  it('are all there, and known again, where they have no ids and long names that begin alike', () => {
    const options = ['a', 'b'].map((end) => ({ id: null, name: `${'v'.repeat(160)}${end}`, children: [] }));
    const asked = field('select', options);
    const values = toOptions(choicesOf(asked)).map(({ value }) => value ?? '');
    expect(values.map((value) => storedValue(asked, value))).toEqual(choicesOf(asked).map(({ value }) => value));
    expect(values).toHaveLength(2);
    expect(Math.max(...values.map((value) => value.length))).toBeLessThanOrEqual(150);
  });
});
