/** Rows of cells as a table in Markdown, the first row its head. Columns from `rightFrom` on are aligned to the right. */
export function markdownTable(rows: readonly (readonly string[])[], rightFrom: number): string {
  const widths = rows[0]?.map((_, column) => Math.max(2, ...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const padded = (cell: string, column: number) =>
    column < rightFrom ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  const lines = rows.map((row) => `| ${row.map(padded).join(' | ')} |`);
  const rule = widths.map((width, column) => (column < rightFrom ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [lines[0], `| ${rule.join(' | ')} |`, ...lines.slice(1)].join('\n');
}
