import { expect, it } from 'vitest';
import { logitsOf } from '../../../../electron/classifier/builtin/linear-model.ts';

it('adds a label’s bias and its weights of the features present', () => {
  const weights = [
    [0, 2, 4],
    [1, 0, 0],
    [0, 0, 0],
    [0, 0, -1],
    [0, 0, 0],
  ];
  const model = { bias: [0.5, 0, -1, 0, 0], weights };
  const logits = logitsOf(
    model,
    new Map([
      [1, 1],
      [2, 0.5],
    ]),
  );
  expect(logits).toEqual({ Task: 4.5, Bug: 0, Incident: -1, 'Feature Request': -0.5, Question: 0 });
});
