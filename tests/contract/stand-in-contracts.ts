import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env['CONTRACTS_DIR'];

/** Whether the vendors' reference documents are here; what needs them says loudly that it is left out. */
export const hasContracts = folder !== undefined && existsSync(folder);
if (!hasContracts) console.warn('CONTRACTS_DIR names no folder: the demo servers are not held against the contracts.');

/** A document below CONTRACTS_DIR, parsed. */
export function readContract(path: string): unknown {
  return JSON.parse(readFileSync(join(folder ?? '', path), 'utf8'));
}

/**
 * Where a value has a field that the sample lacks, or another type; the samples name every field there is. Null is
 * taken for any type, and what lies below the names in `open` is not looked at.
 */
export function differences(value: unknown, sample: unknown, open: readonly string[] = [], path = ''): string[] {
  if (value === null || sample === null) return [];
  if (Array.isArray(value) && Array.isArray(sample)) {
    return value.flatMap((entry, index) => differences(entry, sample[0], open, `${path}/${index}`));
  }
  if (isObject(value) && isObject(sample)) {
    return Object.entries(value).flatMap(([key, entry]) => {
      if (open.includes(key)) return [];
      if (!(key in sample)) return [`${path}/${key} is not in the sample`];
      return differences(entry, sample[key], open, `${path}/${key}`);
    });
  }
  return kindOf(value) === kindOf(sample) ? [] : [`${path} is ${kindOf(value)}, not ${kindOf(sample)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return kindOf(value) === 'object';
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}
