import { expect, it } from 'vitest';
import { makeYielding } from '../../../../electron/classifier/gguf/yielding-header-reader.ts';

it('lets others run while a long header is read', async () => {
  const reader = { ensureHasByteRange: (_offset: unknown, _length: number): Promise<void> | undefined => undefined };
  makeYielding(reader);
  let isOthersTurn = false;
  setImmediate(() => {
    isOthersTurn = true;
  });
  for (let read = 0; !isOthersTurn && read < 50_000_000; read += 1) {
    const ready = reader.ensureHasByteRange(0, 8);
    if (ready !== undefined) await ready;
  }
  expect(isOthersTurn).toBe(true);
});

it('leaves a promise of the library alone', () => {
  const reading = Promise.resolve();
  const reader = { ensureHasByteRange: (): Promise<void> | undefined => reading };
  makeYielding(reader);
  for (let read = 0; read < 1_000; read += 1) expect(reader.ensureHasByteRange()).toBe(reading);
});
