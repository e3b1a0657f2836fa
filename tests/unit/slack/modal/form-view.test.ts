import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FormModel, formView, mostBlocks } from '../../../../electron/slack/modal/form-view.ts';
import { emptyMetadata } from '../../../../electron/slack/modal/metadata.ts';
import type { AskedField } from '../../../../electron/tickets/ports/issue-tracker.ts';
import { inputKinds } from '../../../../shared/issue-form.ts';
import { labels } from '../../../../shared/labels.ts';
import { readView } from '../../../../stand-ins/slack/view-checks.ts';

const field = (change: Partial<AskedField> = {}): AskedField => ({
  id: 'customfield_1',
  name: 'Team',
  kind: 'text',
  required: true,
  options: [],
  help: null,
  isKnown: true,
  problem: null,
  ...change,
});
const model = (change: Partial<FormModel> = {}): FormModel => ({
  metadata: emptyMetadata,
  ...{ summary: '', description: '', choice: null, decided: null, entered: {}, extra: [] },
  ...{ form: null, channels: null, channel: null, notice: null, longText: null },
  ...change,
});
const formOf = (...fields: AskedField[]) => ({
  ...{ issueTypeId: '1', issueType: 'Bug', types: ['Bug'], typeNames: labels.map(() => 'Fault') },
  fields,
});
/** The view as Slack takes it; throws where it does not. */
function taken(change: Partial<FormModel>) {
  let ids = 0;
  return readView(JSON.parse(JSON.stringify(formView(model(change)))), 'modal', () => `b${ids++}`);
}

const text = fc.string({ unit: 'binary', maxLength: 200 });
const long = fc.oneof(
  text,
  text.map((words) => words.repeat(200)),
  fc.constant('<!channel> & “\u202E” '.repeat(500)),
);
const option = fc.record({
  id: fc.oneof(fc.constant(null), fc.nat(99_999).map(String)),
  name: long,
  children: fc.array(fc.record({ id: fc.nat(999).map(String), name: text }), { maxLength: 3 }),
});
const anyField: fc.Arbitrary<AskedField> = fc.record({
  id: fc.nat(10_000).map((number) => `customfield_${number}`),
  name: long,
  kind: fc.constantFrom(...inputKinds),
  required: fc.boolean(),
  options: fc.oneof(
    fc.array(option, { maxLength: 0 }),
    fc.array(option, { maxLength: 12 }),
    fc.array(option, { minLength: 101, maxLength: 130 }),
  ),
  help: fc.oneof(fc.constant(null), long),
  isKnown: fc.boolean(),
  problem: fc.oneof(fc.constant(null), long),
});

describe('a form', () => {
  it('is one that Slack takes, whatever a project demands and whoever wrote its words', () => {
    const many = fc.uniqueArray(anyField, { selector: ({ id }) => id, maxLength: 130 });
    fc.assert(
      fc.property(many, fc.boolean(), text, long, (fields, byEmail, words, notice) => {
        const entered = Object.fromEntries(
          fields.map(({ id, options }, index) => [
            id,
            index % 3 === 0 ? words : index % 3 === 1 ? [words] : (options[0]?.id ?? words),
          ]),
        );
        const metadata = { ...emptyMetadata, byEmail };
        const view = taken({ form: formOf(...fields), entered, metadata, notice, summary: words, description: words });
        expect(view.blocks.length).toBeLessThanOrEqual(mostBlocks);
      }),
      { numRuns: 30 },
    );
  });

  it('too big for Slack says so, and has what is wrong and what is demanded first', () => {
    const fields = Array.from({ length: 120 }, (_, index) =>
      field({
        id: `f${index}`,
        name: `Field ${index}`,
        required: index % 2 === 1,
        problem: index === 118 ? 'No.' : null,
      }),
    );
    const { blocks } = taken({ form: formOf(...fields) });
    expect(blocks).toHaveLength(100);
    expect(JSON.stringify(blocks[3])).toContain('Field 118');
    expect(JSON.stringify(blocks[4])).toContain('"Field 1"');
    expect(JSON.stringify(blocks.at(-1))).toMatch(/too big for Slack: 24 more fields do not fit/);
  });

  it('says what Jira calls a type, and leaves it to the text at first', () => {
    const { blocks } = taken({ form: formOf(), decided: 'Bug' });
    expect(JSON.stringify(blocks)).toContain('Bug (in Jira: Fault)');
    expect(blocks[2]).toMatchObject({ element: { initial_option: { value: 'from_text' }, options: { length: 6 } } });
    expect(JSON.stringify(blocks.at(-1))).toContain('From the text: Bug.');
  });

  it('cuts options visibly, and knows them by their ids', () => {
    const options = [{ id: '7', name: '👩‍👩‍👧 '.repeat(40), children: [] }];
    const { blocks } = taken({ form: formOf(field({ kind: 'select', options })) });
    expect(blocks[3]).toMatchObject({
      element: { options: [{ value: '7', text: { text: expect.stringMatching(/…$/) } }] },
    });
  });

  it('names a field that no input holds', () => {
    const { blocks } = taken({ form: formOf(field({ name: 'Odd', isKnown: false })) });
    expect(JSON.stringify(blocks.at(-1))).toMatch(/Odd, which cannot be given here/);
  });
});
