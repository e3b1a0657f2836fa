import type { ResolvedSettings } from './resolve-settings.ts';

/** Keeps all texts from the cloud until these files are mended: nobody knows which channels they keep from it. */
export function withoutUnknownRules(resolved: ResolvedSettings, files: readonly { path: string }[]): ResolvedSettings {
  const { settings } = resolved;
  if (files.length === 0 || !settings.openai.allowed) return resolved;
  const told = files.map(({ path }) => ({ source: path, key: 'OPENAI_ALLOWED', message }));
  return {
    ...resolved,
    settings: { ...settings, openai: { ...settings.openai, allowed: false } },
    problems: [...resolved.problems, ...told],
    notTaken: [...resolved.notTaken, ...told],
  };
}

const message =
  'OpenAI is not used: this file cannot be read, and may keep texts of channels from the cloud. Mend what is wrong with it; tickets are filed meanwhile.';
