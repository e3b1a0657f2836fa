import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '@slack/bolt';
import { AppError, toAppError } from '../shared/errors.ts';
import type { Change, DeskStatus, PartState, SettingsView } from '../shared/ipc.ts';
import { describeProblem, type SettingProblem, type Settings, settingNames } from '../shared/settings.ts';
import { type Agent, createAgent, type Part } from './agent.ts';
import { createClassifier } from './classifier/classifier-from-settings.ts';
import type { ModelState } from './classifier/model-state.ts';
import { findModel } from './models/find-model.ts';
import { loadSettings } from './settings/load-settings.ts';
import type { SavedSettings, SettingsChange } from './settings/saved-settings.ts';
import type { SecretStore } from './settings/secret-store.ts';
import { isFixedBy, settingsView } from './settings/settings-view.ts';
import type { TicketLog } from './tickets/ports.ts';

export interface ProgramDeps {
  dataDir: string;
  /** The folder whose `.env` counts. */
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The commented config.yml that a new data folder gets. */
  templatePath: string;
  version: string;
  demo: boolean;
  saved: SavedSettings;
  secretStore: SecretStore;
  log: TicketLog;
  logger: Pick<Logger, 'warn' | 'error'>;
  /** One line per change of Slack, Jira or the model: `slack: connected`. */
  print(line: string): void;
  /** Something that the window shows has changed. */
  onChange(change: Change): void;
  onError(error: AppError, about?: string): void;
}

/** The whole program but its window: one agent at a time, made anew whenever the settings change; calls take turns. */
export interface Program {
  /** Reads the settings and starts; resolves when everything is under way. Never rejects. */
  start(): Promise<void>;
  status(): DeskStatus;
  settings(): Promise<SettingsView>;
  /**
   * Saves and starts anew with the result. Throws what SavedSettings throws, and `forbidden`, saving nothing, for what
   * an `.env` file or the environment fixes.
   */
  saveSettings(change: SettingsChange, allowPlainText: boolean): Promise<void>;
  /** The machine was asleep: whoever waits for a time or a dead connection looks again. */
  wake(): void;
  /** For good: nothing starts afterwards. */
  stop(): Promise<void>;
}

export function createProgram(deps: ProgramDeps): Program {
  const { dataDir, print, onChange, onError } = deps;
  const off: PartState = { state: 'off', line: 'starting', message: null };
  const parts: Record<Part, PartState> = { slack: off, jira: off, model: off };
  let agent: Agent | null = null;
  /** The classifier, and the settings that it was made for. */
  let model: { classifier: ReturnType<typeof createClassifier>; madeFor: unknown } | null = null;
  /** Of settings.json, until the next save: a damaged file is set aside by the first read, so no later one sees it. */
  const savedProblems = new Map<string, SettingProblem>();
  let isEnding = false;
  let turn: Promise<unknown> = Promise.resolve();

  /** Starting, stopping and saving wait for each other, so that there are never two agents. */
  function inTurn(action: () => Promise<void>): Promise<void> {
    const done = turn.then(action);
    turn = done.catch(() => {});
    return done;
  }

  function onPart(part: Part, state: PartState): void {
    if (parts[part].line !== state.line) print(`${part}: ${state.line}`);
    parts[part] = state;
    onChange('status');
  }

  async function load() {
    const saved = await deps.saved.read();
    for (const problem of saved.problems) savedProblems.set(describeProblem(problem), problem);
    const loaded = loadSettings({ ...deps, saved: saved.values });
    return { ...loaded, problems: [...savedProblems.values(), ...loaded.problems] };
  }

  /** The classifier for these settings: the one there is where it fits and works, since a GGUF takes long to load. */
  async function classifierFor({ openai, model: { path } }: Settings) {
    const found = await findModel(path, join(dataDir, 'models'));
    const madeFor = { openai, found };
    if (model !== null && parts.model.state !== 'trouble' && isDeepStrictEqual(model.madeFor, madeFor))
      return model.classifier;
    const former = model;
    model = null;
    await former?.classifier.dispose();
    const classifier = createClassifier({
      openai,
      model: found,
      onModelState: (state) => onPart('model', modelPart(state)),
      onFailure: (source, error) => onError(error, source),
      onNormalised: (label) => deps.logger.warn(`OpenAI's reply was not exactly a label; it was taken as ${label}.`),
    });
    model = { classifier, madeFor };
    // Before Slack connects, so that no command waits for its ack meanwhile.
    await classifier.prepare();
    void classifier.load();
    return classifier;
  }

  async function startAgent(): Promise<void> {
    if (isEnding || agent !== null) return;
    const { settings, problems } = await load();
    for (const problem of problems) deps.logger.warn(describeProblem(problem));
    const started = createAgent({
      settings,
      log: deps.log,
      classifier: await classifierFor(settings),
      onPart,
      onTicket: () => onChange('tickets'),
      onError,
      logger: deps.logger,
    });
    agent = started;
    started.start();
  }

  async function stopAgent(): Promise<void> {
    const stopping = agent;
    agent = null;
    await stopping?.stop();
  }

  async function save(change: SettingsChange, allowPlainText: boolean): Promise<void> {
    const { origins } = await load();
    const fixed = settingNames.find((name) => name in change && isFixedBy(origins[name]));
    if (fixed !== undefined) {
      const message = `Nothing was saved: ${fixed} is fixed by ${origins[fixed]}. Change it there.`;
      throw new AppError('forbidden', message);
    }
    await deps.saved.write(change, { allowPlainText });
    savedProblems.clear();
    await stopAgent();
    await startAgent();
    onChange('settings');
  }

  return {
    start: () => inTurn(startAgent).catch((thrown) => onError(toAppError(thrown), 'start')),

    status: () => ({ ...parts, version: deps.version, dataDir, demo: deps.demo }),

    settings: async () => settingsView(await load(), await deps.secretStore.protection()),

    saveSettings: (change, allowPlainText) => inTurn(() => save(change, allowPlainText)),

    wake: () => agent?.wake(),

    stop() {
      isEnding = true;
      return inTurn(async () => {
        await Promise.all([stopAgent(), model?.classifier.dispose()]);
        model = null;
      });
    },
  };
}

function modelPart(state: ModelState): PartState {
  switch (state.state) {
    case 'none':
      return { state: 'off', line: 'none', message: state.reason };
    case 'loading':
      return { state: 'busy', line: `loading ${state.file}`, message: null };
    case 'loaded':
      return { state: 'ok', line: `loaded ${state.file} on ${state.device}`, message: null };
    case 'failed':
      return { state: 'trouble', line: `failed ${state.error.code}`, message: state.error.message };
  }
}
