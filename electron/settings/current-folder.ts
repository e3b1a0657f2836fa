import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { isOfCurrentFolder } from '../../shared/setting-row.ts';
import type { ResolvedSettings } from './resolve-settings.ts';

/** OpenAI was allowed for another address than the one that the current folder sets: there it is not. */
export function withoutMovedConsent(resolved: ResolvedSettings, cwd: string | null): ResolvedSettings {
  const { settings, origins, problems } = resolved;
  const place = origins.OPENAI_BASE_URL;
  if (cwd === null || !settings.openai.allowed || !isOfCurrentFolder(place)) return resolved;
  const file = place === '.env' ? '.env' : 'config.yml';
  const message = `OpenAI is not used: its address comes from the ${file} file in the folder where npm was called, which nobody agreed to. Set OPENAI_BASE_URL in another place.`;
  const problem = { source: join(cwd, file), key: 'OPENAI_BASE_URL', message };
  return {
    ...resolved,
    settings: { ...settings, openai: { ...settings.openai, allowed: false } },
    problems: [...problems, problem],
    notTaken: [...resolved.notTaken, problem],
  };
}

/** Whether the current folder is DATA itself, whose `.env` is trusted. */
export function isSameFolder(one: string, other: string): boolean {
  return realPath(one) === realPath(other);
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return join(folder);
  }
}
