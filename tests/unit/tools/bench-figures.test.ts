import { expect, it } from 'vitest';
import { figure, table } from '../../../tools/bench-figures.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => count - index);

it('tells the rare values only where there are enough to have some', () => {
  expect(figure('all', 'ms', upTo(100))).toMatchObject({ p50: 50, p95: 95, p99: 99, max: 100, n: 100 });
  expect(figure('some', 'ms', upTo(20))).toMatchObject({ p50: 10, p95: 19, p99: null, max: 20 });
  expect(figure('few', 'ms', [3, 1, 2])).toMatchObject({ p50: 2, p95: null, p99: null, max: 3 });
  expect(() => figure('none', 'ms', [])).toThrow('Nothing was measured for: none');
});

it('writes figures as a table', () => {
  expect(table([figure('few', 'MB', [1, 12, 123])])).toBe(
    [
      '| what | unit |  p50 | p95 | p99 | max |  n |',
      '| ---- | ---- | ---: | --: | --: | --: | -: |',
      '| few  | MB   | 12.0 |   – |   – | 123 |  3 |',
    ].join('\n'),
  );
});

it('writes what is counted as it is', () => {
  expect(table([figure('refused', 'count', [0])])).toContain('| refused | count |   0 |   – |   – |   0 |  1 |');
});
