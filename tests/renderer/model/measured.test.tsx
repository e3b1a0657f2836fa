import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ModelPage } from '../../../renderer/features/model/model-page.tsx';
import type { Measurement, ModelMeasurements } from '../../../shared/model-measurements.ts';
import { aModelView, anEmptyModelView, noDownloads } from '../../fakes/model-view.ts';
import { settingsView } from '../../fakes/settings-view.ts';
import { show } from '../show.tsx';

const rest = { 'settings:read': () => settingsView(), 'downloads:read': () => noDownloads() };

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
  await user.click(figures.getByRole('button', { name: /Confusions: together with the built-in model/ }));
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

it('marks nobody as answering but who does', async () => {
  const answering = { source: 'openai', name: 'gpt-test', why: 'one.gguf cannot be used, so OpenAI answers.' } as const;
  show(<ModelPage />, { ...rest, 'model:read': () => aModelView({ answering, measurements: measurements() }) });
  const figures = within(await screen.findByRole('region', { name: 'On our 300 examples' }));
  expect(figures.queryByText('answers')).toBeNull();
});

it('says that the built-in model answers though a file is loaded', async () => {
  const why = 'The built-in model is as good on our examples as with this one, so it answers alone.';
  const serving = { strategy: 'builtin', why } as const;
  const answering = { source: 'builtin', name: 'linear-1', why } as const;
  show(<ModelPage />, {
    ...rest,
    'model:read': () => aModelView({ answering, measurements: measurements({ serving }) }),
  });
  await screen.findByRole('heading', { name: 'The built-in model answers' });
  screen.getByText('Loaded, on cpu, but not asked.');
  const figures = within(screen.getByRole('region', { name: 'On our 300 examples' }));
  expect(figures.getByRole('row', { name: /Built-in model/ }).textContent).toContain('answers');
});

it('shows what the built-in model is worth where there is no file', async () => {
  const alone = measurements({ file: null, chosen: [], serving: { strategy: 'builtin', why: 'It needs no file.' } });
  show(<ModelPage />, { ...rest, 'model:read': () => ({ ...anEmptyModelView(), measurements: alone }) });
  const figures = within(await screen.findByRole('region', { name: 'On our 300 examples' }));
  expect(
    figures
      .getAllByRole('row')
      .slice(1)
      .map(({ textContent }) => textContent),
  ).toEqual(['Built-in modelanswers71 %0.680.4–Confusions']);
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
