import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { asIfMeasured, cacheFolderOf } from '../../tools/as-if-measured.ts';
import { writeTinyGguf } from '../../tools/tiny-gguf.ts';
import type { World } from './world.ts';

/** The absolute path of the tiny GGUF, which answers tickets here although its weights are random. */
export async function aMeasuredModel(world: World): Promise<string> {
  const path = join(world.folder, 'tiny.gguf');
  writeTinyGguf(path);
  await asIfMeasured(world.dataDir, path);
  return path;
}

/** Whether the app has kept what llama.cpp read of our examples. */
export function hasReadings({ dataDir }: World): boolean {
  return readdirSync(cacheFolderOf(dataDir)).some((name) => name.endsWith('.readings.jsonl'));
}

/** Until it has: it is measuring. */
export async function untilReadings(world: World): Promise<void> {
  await vi.waitFor(() => expect(hasReadings(world)).toBe(true));
}
