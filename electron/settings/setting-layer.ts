import type { SettingPlace } from '../../shared/setting-row.ts';

/** What one place says, as it stands there. */
export interface SettingLayer {
  origin: SettingPlace;
  /** File path, or `environment`. */
  source: string;
  values: Readonly<Record<string, unknown>>;
}

/** Empty counts as absent. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === '');
}
