import type { CSSProperties } from 'react';
import { type Label, labels } from '../../../shared/labels.ts';
import styles from './confusion.module.css';

const short: Record<Label, string> = {
  Task: 'Task',
  Bug: 'Bug',
  Incident: 'Incid.',
  'Feature Request': 'Feature',
  Question: 'Quest.',
};

/** Counts: a row for what it was, a column for what was answered; the more of a row, the deeper its colour. */
export function Confusion({ counts }: { counts: readonly (readonly number[])[] }) {
  return (
    <table className={styles['confusion']}>
      <caption>Rows: what it was. Columns: what was answered.</caption>
      <thead>
        <tr>
          <td />
          {labels.map((label) => (
            <th key={label} scope="col" abbr={label}>
              {short[label]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {labels.map((label, row) => {
          const total = counts[row]?.reduce((sum, each) => sum + each, 0) ?? 0;
          return (
            <tr key={label}>
              <th scope="row" abbr={label}>
                {short[label]}
              </th>
              {labels.map((answered, column) => {
                const times = counts[row]?.[column] ?? 0;
                return (
                  <td
                    key={answered}
                    data-right={row === column || undefined}
                    style={{ '--share': total === 0 ? 0 : times / total } as CSSProperties}
                  >
                    {times}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
