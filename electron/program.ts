import { join } from 'node:path';
import type { Logger } from '@slack/bolt';
import { type AppError, toAppError } from '../shared/errors.ts';
import type { Change, DeskStatus, PartState, SettingsView } from '../shared/ipc.ts';
import { secretNames, settingNames } from '../shared/settings.ts';
import { type Agent, createAgent, type Part } from './agent.ts';
import { createClassifier } from './classifier/classifier-from-settings.ts';
import type { ModelState } from './classifier/model-state.ts';
import { findModel } from './models/find-model.ts';
import { loadSettings } from './settings/load-settings.ts';
import type { SavedSettings, SettingsChange } from './settings/saved-settings.ts';
import type { SecretStore } from './settings/secret-store.ts';
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

/** The whole program but its window: one agent at a time, made anew whenever the settings change. */
export interface Program {
  /** Reads the settings and starts; resolves when everything is under way. Never rejects. */
  start(): Promise<void>;
  status(): DeskStatus;
  settings(): Promise<SettingsView>;
  /** Saves and starts anew with the result. Throws what SavedSettings throws. */
  saveSettings(change: SettingsChange, allowPlainText: boolean): Promise<void>;
  stop(): Promise<void>;
}

export function createProgram(deps: ProgramDeps): Program {
  const { dataDir, print, onChange, onError } = deps;
  const off: PartState = { state: 'off', line: 'starting', message: null };
  const parts: Record<Part, PartState> = { slack: off, jira: off, model: off };
  let agent: Agent | null = null;
  let classifier: ReturnType<typeof createClassifier> | null = null;

  function onPart(part: Part, state: PartState): void {
    if (parts[part].line !== state.line) print(`${part}: ${state.line}`);
    parts[part] = state;
    onChange('status');
  }

  async function load() {
    const saved = await deps.saved.read();
    const loaded = loadSettings({ ...deps, saved: saved.values });
    return { ...loaded, problems: [...saved.problems, ...loaded.problems] };
  }

  async function start(): Promise<void> {
    const { settings, problems } = await load();
    for (const { source, key, message } of problems) deps.logger.warn(`${source} ${key}: ${message}`);
    classifier = createClassifier({
      openai: settings.openai,
      model: await findModel(settings.model.path, join(dataDir, 'models')),
      onModelState: (state) => onPart('model', modelPart(state)),
      onFailure: (source, error) => onError(error, source),
      onNormalised: (label) => deps.logger.warn(`OpenAI's reply was not exactly a label; it was taken as ${label}.`),
    });
    agent = createAgent({
      settings,
      log: deps.log,
      classifier,
      onPart,
      onTicket: () => onChange('tickets'),
      onError,
      logger: deps.logger,
    });
    // Before Slack connects, so that no command waits for its ack meanwhile.
    await classifier.prepare();
    void classifier.load();
    agent.start();
  }

  async function stop(): Promise<void> {
    const stopping = [agent?.stop(), classifier?.dispose()];
    agent = null;
    classifier = null;
    await Promise.all(stopping);
  }

  return {
    start: () => start().catch((thrown) => onError(toAppError(thrown), 'start')),

    status: () => ({ ...parts, version: deps.version, dataDir, demo: deps.demo }),

    async settings() {
      const { settings, origins, problems } = await load();
      const shown: Record<string, unknown> = {
        SLACK_API_URL: settings.slack.apiUrl,
        JIRA_BASE_URL: settings.jira.baseUrl,
        JIRA_EMAIL: settings.jira.email,
        JIRA_PROJECT_KEY: settings.jira.project,
        JIRA_DEPLOYMENT: settings.jira.deployment,
        GGML_MODEL_PATH: settings.model.path,
        OPENAI_BASE_URL: settings.openai.baseUrl,
        OPENAI_MODEL: settings.openai.model,
        OPENAI_ALLOWED: settings.openai.allowed,
      };
      const secrets: Record<string, string | null> = {
        SLACK_BOT_TOKEN: settings.slack.botToken,
        SLACK_APP_TOKEN: settings.slack.appToken,
        JIRA_API_TOKEN: settings.jira.apiToken,
        OPENAI_API_KEY: settings.openai.apiKey,
      };
      return {
        settings: settingNames.map((name) => {
          const isSecret = secretNames.some((secret) => secret === name);
          const value = isSecret ? secrets[name] : shown[name];
          return {
            name,
            value: isSecret || value === null ? null : String(value),
            isSet: value !== null && origins[name] !== 'default',
            isSecret,
            origin: origins[name],
            isFixed: ['.env', 'DATA/.env', 'environment'].includes(origins[name]) || name === 'SLACK_API_URL',
          };
        }),
        problems,
        protection: await deps.secretStore.protection(),
      };
    },

    async saveSettings(change, allowPlainText) {
      await deps.saved.write(change, { allowPlainText });
      await stop();
      await start();
      onChange('settings');
    },

    stop,
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
