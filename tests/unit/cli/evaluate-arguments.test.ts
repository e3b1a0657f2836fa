import { expect, it } from 'vitest';
import { evaluateArguments } from '../../../electron/cli/evaluate-arguments.ts';

it('measures the built-in model on the text unless told otherwise', () => {
  expect(evaluateArguments(['tickets.jsonl'])).toEqual({
    kind: 'evaluate',
    file: 'tickets.jsonl',
    model: null,
    strategy: 'builtin',
    field: 'text',
    json: false,
  });
});

it('takes model, strategy and field in either form', () => {
  const call = evaluateArguments(['--model', 'a.gguf', 'f', '--strategy=builtin', '--field', 'title', '--json']);
  expect(call).toMatchObject({ model: 'a.gguf', strategy: 'builtin', field: 'title', json: true });
});

it('measures a model as the program would use it where no strategy is named', () => {
  expect(evaluateArguments(['f', '--model', 'a.gguf'])).toMatchObject({ strategy: 'auto' });
});

it.each([
  [[], 'one file'],
  [['a', 'b'], 'one file'],
  [['a', '--strategy', 'guess'], '--strategy is one of builtin, prompt'],
  [['a', '--strategy', 'probe'], 'needs --model'],
  [['a', '--field', 'body'], '--field is text or title'],
  [['a', '--modle', 'x'], '--modle'],
])('refuses %j and says why', (args, problem) => {
  const call = evaluateArguments(args);
  expect(call.kind === 'wrong' && call.problem).toContain(problem);
});
