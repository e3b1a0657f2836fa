import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '../../../../stand-ins/record.ts';
import { initialValues, type ViewValues, valuesAfterUpdate } from '../../../../stand-ins/slack/view-state.ts';

const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });

/** An input of an id and a kind, which begins with something or with nothing. */
const anInput = fc.record({
  id: fc.constantFrom('a', 'b', 'c'),
  kind: fc.constantFrom('plain_text_input', 'static_select'),
  initial: fc.option(fc.constantFrom('one', 'two'), { nil: null }),
});
const aView = fc.uniqueArray(anInput, { selector: ({ id }) => id });
type Input = typeof anInput extends fc.Arbitrary<infer T> ? T : never;

function blocksOf(inputs: Input[]): Json[] {
  return inputs.map(({ id, kind, initial }) => ({
    type: 'input',
    block_id: id,
    element: {
      type: kind,
      action_id: 'x',
      ...(kind === 'static_select' && { options: [option('one'), option('two')] }),
      ...(initial !== null &&
        (kind === 'static_select' ? { initial_option: option(initial) } : { initial_value: initial })),
    },
  }));
}

it('keeps over any updates what stands in the inputs that stay', () => {
  fc.assert(
    fc.property(aView, fc.array(aView, { minLength: 1 }), (first, updates) => {
      let before: ViewValues = initialValues(blocksOf(first), null);
      let shown = first;
      for (const inputs of updates) {
        const after = valuesAfterUpdate(before, blocksOf(inputs), null);
        const fresh = initialValues(blocksOf(inputs), null);
        expect(Object.keys(after).sort()).toEqual(inputs.map(({ id }) => id).sort());
        for (const { id, kind } of inputs) {
          const stays = shown.some((one) => one.id === id && one.kind === kind);
          expect(after[id]).toEqual(stays ? before[id] : fresh[id]);
        }
        before = after;
        shown = inputs;
      }
    }),
  );
});

it('loses a choice that is no longer offered', () => {
  const select = (values: string[]) => [
    { type: 'input', block_id: 'a', element: { type: 'static_select', action_id: 'x', options: values.map(option) } },
  ];
  const chosen = { a: { x: { type: 'static_select', selected_option: option('one') } } };
  expect(valuesAfterUpdate(chosen, select(['one', 'two']), null)).toEqual(chosen);
  expect(valuesAfterUpdate(chosen, select(['two']), null)).toEqual({
    a: { x: { type: 'static_select', selected_option: null } },
  });
});
