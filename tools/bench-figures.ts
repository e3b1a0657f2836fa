import { markdownTable } from './markdown-table.ts';

/** One line of the report. */
export interface Figure {
  what: string;
  unit: 'ms' | 's' | 'MB' | 'count';
  p50: number;
  /** null where so few values say nothing about the rare ones. */
  p95: number | null;
  /** null where so few values say nothing about the rare ones. */
  p99: number | null;
  max: number;
  n: number;
}

/** Fewer values than this have no such percentile worth the name. */
const enough = { p95: 20, p99: 50 };

export function figure(what: string, unit: Figure['unit'], values: readonly number[]): Figure {
  if (values.length === 0) throw new Error(`Nothing was measured for: ${what}`);
  const sorted = values.toSorted((a, b) => a - b);
  return {
    what,
    unit,
    p50: percentile(sorted, 0.5),
    p95: sorted.length < enough.p95 ? null : percentile(sorted, 0.95),
    p99: sorted.length < enough.p99 ? null : percentile(sorted, 0.99),
    max: percentile(sorted, 1),
    n: sorted.length,
  };
}

/** The smallest value that at least this share of all values does not exceed. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Makes a table in Markdown. */
export function table(figures: readonly Figure[]): string {
  const rows = [
    ['what', 'unit', 'p50', 'p95', 'p99', 'max', 'n'],
    ...figures.map(({ what, unit, p50, p95, p99, max, n }) => {
      return [what, unit, ...[p50, p95, p99, max].map((value) => written(value, unit)), String(n)];
    }),
  ];
  return markdownTable(rows, 2);
}

function written(value: number | null, unit: Figure['unit']): string {
  if (value === null) return '–';
  if (unit === 'count') return String(value);
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
}
