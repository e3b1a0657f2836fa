import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { appendFile, mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { labelSchema } from '../../../shared/labels.ts';
import type { Reading } from '../gguf/gguf-model.ts';
import { createPause } from '../scoring/pause.ts';
import { type GgufPlan, ggufPlanSchema } from './gguf-plan.ts';

/** Number that changes with what a reading depends on besides the file: prompt, state, tokens. */
const format = 1;
const sampleBytes = 2 ** 20;

const lineSchema = z.object({
  id: z.string(),
  scores: z.record(labelSchema, z.number()),
  /** Base64 of 32-bit floats. */
  state: z.base64(),
  evaluatedTokens: z.number(),
  ms: z.number(),
});

export interface StoredReading {
  reading: Reading;
  ms: number;
}

export interface GgufCache {
  /** What was read before, by the text's `readingId`. Lines that cannot be read are left out. */
  readings(): Promise<Map<string, StoredReading>>;
  add(text: string, stored: StoredReading): Promise<void>;
  /** The plan made for `madeFor`, or the last one where that is null; null where there is none. */
  plan(madeFor: string | null): Promise<GgufPlan | null>;
  savePlan(madeFor: string, plan: GgufPlan): Promise<void>;
}

/** Name of a text in the cache, which never holds the text itself. */
export function readingId(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

/**
 * What was measured of one GGUF, in `folder`: a line a reading, so that a measurement that was broken off goes on, and
 * the plan. `key`: of `ggufKey`, and of the prompt.
 */
export function createGgufCache(folder: string, key: string): GgufCache {
  const readingsFile = join(folder, `${key}.readings.jsonl`);
  const planFile = join(folder, `${key}.plan.json`);
  const storedPlan = z.object({ madeFor: z.string(), plan: ggufPlanSchema });

  return {
    async readings() {
      const found = new Map<string, StoredReading>();
      const text = await readFile(readingsFile, 'utf8').catch(() => '');
      const pause = createPause();
      for (const line of text.split('\n')) {
        await pause();
        const parsed = lineSchema.safeParse(fromJson(line));
        if (!parsed.success) continue;
        const { id, scores, state, evaluatedTokens, ms } = parsed.data;
        const bytes = new Uint8Array(Buffer.from(state, 'base64'));
        if (bytes.length % Float32Array.BYTES_PER_ELEMENT !== 0) continue;
        found.set(id, { ms, reading: { scores, evaluatedTokens, state: Array.from(new Float32Array(bytes.buffer)) } });
      }
      return found;
    },
    async add(text, { reading, ms }) {
      await mkdir(folder, { recursive: true });
      const state = Buffer.from(Float32Array.from(reading.state).buffer).toString('base64');
      const line = { id: readingId(text), ...reading, state, ms: Math.round(ms * 10) / 10 };
      await appendFile(readingsFile, `${JSON.stringify(line)}\n`);
    },
    async plan(madeFor) {
      const parsed = storedPlan.safeParse(fromJson(await readFile(planFile, 'utf8').catch(() => '')));
      if (!parsed.success) return null;
      return madeFor === null || parsed.data.madeFor === madeFor ? parsed.data.plan : null;
    },
    async savePlan(madeFor, plan) {
      await mkdir(folder, { recursive: true });
      await writeFile(`${planFile}.new`, JSON.stringify({ madeFor, plan }));
      await rename(`${planFile}.new`, planFile);
    },
  };
}

/**
 * What tells one model file from another, in milliseconds: size, first and last megabyte, which hold the header and
 * weights. Not SHA-256 of the whole, which takes a second for each half gigabyte; a file that differs only in its
 * middle would have to be made for it. `instruction` belongs to it, since readings depend on it.
 * @throws where the file cannot be read
 */
export async function ggufKey(path: string, instruction: string): Promise<string> {
  // A pipe would keep us waiting for whoever writes into it; Windows has no such flag.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Error(`${path} is no file.`);
    const { size } = stats;
    const hash = createHash('sha256').update(`${format} ${size} ${instruction}`);
    for (const position of [0, Math.max(0, size - sampleBytes)]) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, position);
      hash.update(buffer.subarray(0, bytesRead));
    }
    return hash.digest('hex').slice(0, 32);
  } finally {
    await file.close();
  }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
