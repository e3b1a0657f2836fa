import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ModelPage } from '../../../renderer/features/model/model-page.tsx';
import type { Measurement, ModelMeasurements } from '../../../shared/model-measurements.ts';
import { show } from '../show.tsx';
import { aModelView, aSettingsView, noDownloads } from './model-view.ts';

const rest = { 'settings:read': () => aSettingsView(), 'downloads:read': () => noDownloads() };

function aMeasurement(change: Partial<Measurement>): Measurement {
  const confusion = [0, 1, 2, 3, 4].map((row) => [0, 1, 2, 3, 4].map((column) => (row === column ? 40 : 5)));
  return {
    strategy: 'probe',
    over: 'examples',
    n: 300,
    accuracy: 0.71,
    macroF1: 0.68,
    msPerTicket: 84.2,
    memoryBytes: 396e6,
    confusion,
    ...change,
  };
}

function measurements(change: Partial<ModelMeasurements> = {}): ModelMeasurements {
  return {
    state: 'measured',
    progress: 1,
    file: 'one.gguf',
    serving: { strategy: 'ensemble', why: 'Together they were right most often.' },
    chosen: [aMeasurement({}), aMeasurement({ strategy: 'ensemble', accuracy: 0.75 })],
    builtin: [aMeasurement({ strategy: 'builtin', msPerTicket: 0.4, memoryBytes: null })],
    ...change,
  };
}

it('shows both over the same texts, which one answers and why, and what it confuses', async () => {
  const { user } = show(<ModelPage />, { ...rest, 'model:read': () => aModelView({ measurements: measurements() }) });
  await screen.findByText('Together they were right most often.');
  const figures = within(screen.getByRole('region', { name: 'On our 300 examples' }));
  const rows = figures.getAllByRole('row').slice(1);
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    'Built-in model71 %0.680.4–Confusions',
    'one.gguf, read by a probe71 %0.6884396 MBConfusions',
    'one.gguf, together with the built-in modelanswers75 %0.6884396 MBConfusions',
  ]);
  await user.click(figures.getByRole('button', { name: /together with the built-in model confuses/ }));
  const matrix = screen.getByRole('table', { name: /Rows: what it was/ });
  expect(within(matrix).getAllByRole('row')[1]?.textContent).toBe('Task405555');
});

it('keeps corrections apart from examples', async () => {
  const corrected = aMeasurement({ over: 'corrections', n: 52, accuracy: 0.5 });
  const both = measurements({ chosen: [aMeasurement({}), corrected] });
  show(<ModelPage />, { ...rest, 'model:read': () => aModelView({ measurements: both }) });
  const own = within(await screen.findByRole('region', { name: 'On your 52 corrections' }));
  expect(own.getAllByRole('row')).toHaveLength(2);
  own.getByText('50 %');
  expect(within(screen.getByRole('region', { name: 'On our 300 examples' })).queryByText('50 %')).toBeNull();
});

it('shows how far the measuring is, and stops it', async () => {
  const measuring = measurements({ state: 'measuring', progress: 0.4, chosen: [], builtin: [] });
  const { user } = show(<ModelPage />, {
    ...rest,
    'model:read': () => aModelView({ measurements: measuring }),
    'model:cancel-measuring': () => aModelView({ measurements: { ...measuring, state: 'cancelled' } }),
  });
  const bar = await screen.findByRole('progressbar', { name: 'How far the measuring of one.gguf is' });
  expect(bar.getAttribute('aria-valuenow')).toBe('40');
  await user.click(screen.getByRole('button', { name: 'Stop measuring' }));
  await screen.findByText('The measuring was stopped, so figures may be missing.');
});
