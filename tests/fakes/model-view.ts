import type { DownloadsView } from '../../shared/downloads.ts';
import type { GgufFile, ModelView } from '../../shared/model-view.ts';
import type { SettingName } from '../../shared/settings.ts';
import type { SettingView } from '../../shared/settings-view.ts';

export function aFile(name: string, change: Partial<GgufFile> = {}): GgufFile {
  const facts = {
    name: 'Gemma 3',
    architecture: 'gemma3',
    quantisation: 'Q4_K_M',
    parameters: 268e6,
    contextLength: 32_768,
    licence: 'gemma',
    hasChatTemplate: true,
  };
  return {
    path: `/models/${name}`,
    name,
    bytes: 253e6,
    isChosen: false,
    facts,
    problem: null,
    folder: '/models',
    estimate: null,
    measured: null,
    ...change,
  };
}

export function aModelView(change: Partial<ModelView> = {}): ModelView {
  return {
    answering: { source: 'gguf', name: 'one.gguf', why: 'one.gguf answers, on cpu.' },
    state: { state: 'loaded', file: 'one.gguf', device: 'cpu', message: null },
    chosen: '/models/one.gguf',
    isFixed: false,
    folder: '/models',
    ownFolders: [],
    moreFolders: [],
    silentFolders: [],
    areFoldersFixed: false,
    idleMinutes: 0,
    files: [aFile('one.gguf', { isChosen: true }), aFile('two.gguf')],
    builtin: 'linear-1',
    measurements: null,
    ...change,
  };
}

/** Nothing was downloaded, and nothing is offered. */
export function noDownloads(change: Partial<DownloadsView> = {}): DownloadsView {
  return { downloads: [], curated: [], freeBytes: 50e9, ...change };
}

/** Without any GGUF. */
export function anEmptyModelView(): ModelView {
  return aModelView({
    answering: { source: 'builtin', name: 'linear-1', why: 'No GGUF file is chosen, so the built-in model answers.' },
    state: { state: 'none', file: null, device: null, message: null },
    chosen: null,
    files: [],
  });
}

/** OpenAI is allowed and has a key. */
export const allowed = {
  OPENAI_ALLOWED: { value: 'true', isSet: true },
  OPENAI_API_KEY: { isSet: true },
  OPENAI_BASE_URL: { value: 'https://api.openai.com/v1', isSet: true },
  OPENAI_MODEL: { value: 'gpt-4.1-mini', isSet: true },
} satisfies Partial<Record<SettingName, Partial<SettingView>>>;
