import { Button, Progress } from '@mantine/core';
import { useState } from 'react';
import type { Measurement, ModelMeasurements, Strategy } from '../../../shared/model-measurements.ts';
import type { ModelView } from '../../../shared/model-view.ts';
import type { Source } from '../../../shared/ticket.ts';
import { useAction } from '../../bridge/bridge.ts';
import { fileSize } from '../../components/figures.ts';
import { Panel } from '../../components/panel.tsx';
import { Confusion } from './confusion.tsx';
import styles from './measured.module.css';

export interface MeasuredProps {
  measurements: ModelMeasurements;
  /** Who answers now: which of the figures are whose. */
  source: Source;
  onChanged(view: ModelView): void;
}

const ways: Record<Strategy, string> = {
  builtin: 'Built-in model',
  prompt: 'asked with a prompt',
  probe: 'read by a probe',
  ensemble: 'together with the built-in model',
};

/** How right, fast and large the chosen model and the built-in one are: over our examples and over corrections apart. */
export function Measured({ measurements, source, onChanged }: MeasuredProps) {
  const { state, progress, file, serving, chosen, builtin } = measurements;
  const cancel = useAction('model:cancel-measuring');
  async function stop() {
    const answer = await cancel.run(undefined);
    if (answer !== null) onChanged(answer.value);
  }
  const answers = source === 'gguf' ? serving.strategy : source === 'builtin' ? 'builtin' : null;
  return (
    <Panel title="How well they do" description={serving.why}>
      {state === 'measuring' && (
        <div className={styles['measuring']}>
          <span>
            Measuring {file}. {serving.strategy === 'builtin' ? 'The built-in model answers' : 'It goes on answering'}{' '}
            meanwhile.
          </span>
          <Button onClick={stop} disabled={cancel.isRunning}>
            Stop measuring
          </Button>
          <Progress
            value={progress * 100}
            size="sm"
            className={styles['bar'] ?? ''}
            aria-label={`How far the measuring of ${file} is`}
            transitionDuration={0}
          />
        </div>
      )}
      {state === 'cancelled' && (
        <p className={styles['quiet']}>The measuring was stopped, so figures may be missing.</p>
      )}
      {(['corrections', 'examples'] as const).map((over) => {
        const rows = [...builtin, ...chosen].filter((row) => row.over === over);
        return rows.length === 0 ? null : <Figures key={over} rows={rows} file={file} answers={answers} />;
      })}
    </Panel>
  );
}

/** The figures over one kind of texts. */
function Figures({ rows, file, answers }: { rows: Measurement[]; file: string | null; answers: Strategy | null }) {
  const [open, setOpen] = useState<Strategy | null>(null);
  const [first] = rows;
  const title =
    first?.over === 'examples' ? `On our ${count(first.n)} examples` : `On your ${count(first?.n ?? 0)} corrections`;
  const shown = rows.find(({ strategy }) => strategy === open);
  return (
    <section className={styles['figures']} aria-label={title}>
      <h3>{title}</h3>
      <table className={styles['rows']}>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Right</th>
            <th scope="col">Macro-F1</th>
            <th scope="col">ms</th>
            <th scope="col">Memory</th>
            <th scope="col">
              <span className={styles['hidden']}>Confusions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.strategy} data-serving={row.strategy === answers || undefined}>
              <th scope="row">
                {row.strategy === 'builtin' ? ways.builtin : `${file}, ${ways[row.strategy]}`}
                {row.strategy === answers && <span className={styles['serving']}>answers</span>}
              </th>
              <td>{percent(row.accuracy)}</td>
              <td>{row.macroF1.toFixed(2)}</td>
              <td>{row.msPerTicket < 10 ? row.msPerTicket.toFixed(1) : count(Math.round(row.msPerTicket))}</td>
              <td>{row.memoryBytes === null ? '–' : fileSize(row.memoryBytes)}</td>
              <td>
                <Button
                  variant="subtle"
                  size="compact-xs"
                  aria-expanded={open === row.strategy}
                  aria-label={`Confusions: ${ways[row.strategy]}, ${title.toLowerCase()}`}
                  onClick={() => setOpen(open === row.strategy ? null : row.strategy)}
                >
                  Confusions
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown !== undefined && <Confusion counts={shown.confusion} />}
    </section>
  );
}

const count = (value: number) => value.toLocaleString();
const percent = (share: number) => `${Math.round(share * 100)} %`;
