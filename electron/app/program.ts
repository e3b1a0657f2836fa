import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { AppStatus } from '../../shared/app-status.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { Change, Request } from '../../shared/ipc.ts';
import { partOf, type Settings } from '../../shared/settings.ts';
import type { SettingsView } from '../../shared/settings-view.ts';
import type { Ticket } from '../../shared/ticket.ts';
import {
  type ClassifierOptions,
  type ConfiguredClassifier,
  defaultUnsureBelow,
} from '../classifier/classifier-from-settings.ts';
import type { Logger } from '../logging/logging.ts';
import type { ModelFiles } from '../model-library/model-files.ts';
import type { SettingsChange } from '../settings/apply-change.ts';
import { type ConfigWatchDeps, watchConfig } from '../settings/config-watch.ts';
import type { FieldWords } from '../settings/field-words.ts';
import { configPaths, type LoadedSettings } from '../settings/load-settings.ts';
import { createMarkKeyring } from '../settings/mark-keys.ts';
import type { SavedSettings } from '../settings/saved-settings.ts';
import type { SecretRefusal, SecretUse } from '../settings/secret-origins.ts';
import type { SecretStore } from '../settings/secret-store.ts';
import { changedNames } from '../settings/settings-values.ts';
import { settingsView } from '../settings/settings-view.ts';
import type { TicketLog } from '../tickets/ports/ticket-log.ts';
import type { Instance } from '../tickets/ports/ticket-store.ts';
import { type Agent, createAgent, type RetriedPart } from './agent.ts';
import { createModelPart } from './model-part.ts';
import { createOldElectron, type OldElectron } from './old-electron.ts';
import { createScopeNotice } from './scope-notice.ts';
import { createSettingsAtWork, type SettingsNews } from './settings-at-work.ts';
import { createStatusBoard } from './status-board.ts';

export interface ProgramDeps {
  dataDir: string;
  /** The folder whose `.env` counts; null: none does. */
  cwd: string | null;
  env: Readonly<Record<string, string | undefined>>;
  /** The commented config.yml that a new data folder gets. */
  templatePath: string;
  version: string;
  demo: boolean;
  saved: SavedSettings;
  secretStore: SecretStore;
  log: TicketLog;
  /** Whether this run has the log to itself, as whoever opened it knows. */
  ownsLog: Instance['ownsLog'];
  /** What is known of the log's file besides. */
  storage(): Pick<AppStatus['log'], 'bytes' | 'backup' | 'recovery'>;
  /** What people should know as long as the program runs; sentences. */
  notices?: () => readonly string[];
  /** What this Electron may not do; all unless given. */
  oldElectron?: OldElectron;
  /** Bytes free for a folder; null where unknown. */
  freeBytes?: (folder: string) => Promise<number | null>;
  logger: Logger;
  /** Milliseconds that config.yml has to be left alone; for tests. */
  configWatch?: Pick<ConfigWatchDeps, 'quietMs' | 'unfinishedMs'>;
  /** The checkout that this program runs from, whose `models` is looked into, too; none unless given. */
  checkout?: string | null;
  /** Asks about files that a person chose; from this process unless given. */
  files?: ModelFiles;
  /** Loads a GGUF; into this process unless given. */
  loadModel?: ClassifierOptions['loadModel'];
  /** One line per change of Slack, Jira or the model: `slack: connected`. */
  print(line: string): void;
  /** Something that the window shows has changed. */
  onChange(change: Change): void;
  onTicket(ticket: Ticket): void;
  /**
   * How the program should behave on this desktop: after the start, and whenever that is changed. What it throws is
   * told as any other error; the rest goes on.
   */
  onBehaviour(behaviour: Settings['behaviour'], origins: LoadedSettings['origins']): void;
  onError(error: AppError, about?: string): void;
  /** Asks the person, outside the window, whether a secret may be sent where an address leads now; nobody may unless given. */
  confirmAddress?: (refusal: SecretRefusal) => Promise<boolean>;
}

/** The whole program but its window: one agent, which takes over other settings; changes take turns. */
export interface Program {
  /** Reads the settings and starts; resolves when everything is under way. Never rejects. */
  start(): Promise<void>;
  status(): Promise<AppStatus>;
  /** Throws `unavailable` while there is none, at the start. */
  agent(): Agent;
  /** Slack's id of the workspace; null before the first connection. */
  team(): string | null;
  /** null while there is none. */
  classifier(): ConfiguredClassifier | null;
  /** The settings as they are, or as they would be with what is typed and not saved yet. */
  load(change?: SettingsChange): Promise<LoadedSettings>;
  settings(): Promise<SettingsView>;
  /** Calls settings as the window's fields, but those that a file or the environment fixes. */
  inFieldWords: FieldWords;
  /** Notes that these secrets are sent on trial. Throws `storage_failed`. */
  bindSecrets(uses: readonly SecretUse[]): void;
  /**
   * Saves, and goes on with the new settings; only what they change is replaced. Throws what SavedSettings throws, and, saving
   * nothing, `forbidden` for what an `.env` file or the environment fixes, and `invalid_input` where a secret would go to
   * another address than it is meant for: a saved one that does not come along, or one from elsewhere that the person, being
   * asked, does not allow.
   */
  saveSettings(request: Request<'settings:save'>): Promise<void>;
  /**
   * Asks the person whether a secret may go to the address that is set now, and goes on with it where it may. Throws
   * `not_found` where nothing stands against it, `storage_failed` where that could not be kept.
   */
  allowAddress(request: Request<'settings:allow-address'>): Promise<void>;
  /** A model file came or went: which one is used is found out anew. */
  renewModel(): Promise<void>;
  /** Closes the line to Slack, or opens it again; what was received goes on meanwhile. */
  pause(isPaused: boolean): Promise<void>;
  /** A person does not want to wait for this part, or has seen to it: where it is in trouble, it is asked again now. */
  tryNow(part: RetriedPart): void;
  /** The machine is going to sleep: the request in hand ends, no other begins, Slack's line is closed; 2 s at most. */
  sleep(): Promise<void>;
  /** The machine was asleep, or its network changed: whoever waits for a time or a dead connection looks again. */
  wake(): void;
  /** Stops for good: nothing starts afterwards. */
  stop(): Promise<void>;
}

export function createProgram(deps: ProgramDeps): Program {
  const { dataDir, print, log } = deps;
  const { oldElectron = createOldElectron(undefined, false) } = deps;
  const onStatus = () => deps.onChange('status');
  const board = createStatusBoard({ dataDir, log, freeBytes: deps.freeBytes, print, onChange: onStatus });
  const model = createModelPart({
    dataDir,
    checkout: deps.checkout ?? null,
    files: deps.files,
    loadModel: deps.loadModel,
    log,
    onState: (health) => board.show('model', health),
    onMeasurements: onStatus,
    onError,
    logger: deps.logger,
  });
  const settings = createSettingsAtWork({
    ...deps,
    isThere: deps.files?.isThere,
    onRefused(message) {
      print(`settings: ${message}`);
      deps.logger.warn(message);
      board.failed({ code: 'not_configured', message });
    },
    onNotice: (message) => print(`settings: ${message}`),
    onProblem: (message) => deps.logger.warn(message),
    onError,
  });
  const instance = { run: randomUUID(), ownsLog: deps.ownsLog };
  const markKeys = createMarkKeyring({
    file: join(dataDir, 'mark-keys.json'),
    secretStore: deps.secretStore,
    // What is saved encrypted cannot be read without the keychain.
    allowsPlainText: () => typeof deps.saved.readPlain()['SLACK_BOT_TOKEN'] === 'string',
    onError,
  });
  const scopes = createScopeNotice({ print, warn: deps.logger.warn, onChange: onStatus });
  let agent: Agent | null = null;
  /** What must be said of this Electron with the settings in use; null where there is nothing. */
  let electronNotice: string | null = null;
  /** The settings that everything goes by. */
  let applied: Settings | null = null;
  let isPaused = false;
  let isEnding = false;
  let turn: Promise<unknown> = Promise.resolve();

  /** Starting, stopping and saving wait for each other, so that there are never two agents. */
  function inTurn(action: () => Promise<void>): Promise<void> {
    const done = turn.then(action);
    turn = done.catch(() => {});
    return done;
  }

  function onError(error: AppError, about?: string): void {
    board.failed(error);
    deps.onError(error, about);
  }

  /** Takes these settings over, for all but the agent. */
  async function applyToDesktop(loaded: LoadedSettings): Promise<void> {
    await settings.takeOver(loaded);
    applied = loaded.settings;
    electronNotice = oldElectron.notice(loaded.settings);
    try {
      deps.onBehaviour(loaded.settings.behaviour, loaded.origins);
    } catch (thrown) {
      onError(toAppError(thrown), 'behaviour');
    }
    await model.apply(loaded.settings);
    await markKeys.use(loaded.settings.slack.botToken);
  }

  /** Goes on with config.yml as it was saved by now. */
  async function takeConfig(): Promise<void> {
    if (isEnding || agent === null) return;
    const loaded = await settings.load();
    const changed = changedNames(applied, loaded.settings);
    if (changed.length > 0) {
      await goOnWith({ loaded, changed });
      print(`settings: ${changed.join(', ')} changed.`);
      return;
    }
    await settings.takeOver(loaded);
    deps.onChange('settings');
    onStatus();
  }

  function takeConfigInTurn(): void {
    inTurn(takeConfig).catch((thrown) => onError(toAppError(thrown), 'settings'));
  }

  async function startAgent(): Promise<void> {
    if (isEnding || agent !== null) return;
    const loaded = await settings.load();
    await applyToDesktop(loaded);
    if (isEnding) return;
    agent = createAgent({
      settings: loaded.settings,
      markKeys,
      log,
      transferFolder: join(dataDir, 'transfer'),
      instance,
      classifier: { classify: model.classify },
      oldElectron,
      unsureBelow: defaultUnsureBelow,
      onSlack(health) {
        board.show('slack', settings.explained('slack', health));
        // Whose desktop this is can be told now that the workspace is known.
        if (health.state === 'ok') deps.onChange('settings');
      },
      onScopes: scopes.granted,
      onJira: (health) => board.show('jira', settings.explained('jira', health)),
      onTicket(ticket) {
        deps.onTicket(ticket);
        model.noticed(ticket);
      },
      onError,
      logger: deps.logger,
    });
    agent.start(isPaused);
  }

  async function goOnWith({ loaded, changed }: SettingsNews): Promise<void> {
    if (agent === null) await startAgent();
    else {
      await applyToDesktop(loaded);
      const named = new Set<string | null>(changed.map(partOf));
      // A part in trouble is tried again if its settings were saved with the values that they had.
      const retried = (['slack', 'jira'] as const).filter(
        (part) => named.has(part) && board.health(part).state === 'trouble',
      );
      agent.apply(loaded.settings, new Set(retried));
    }
    deps.onChange('settings');
    onStatus();
  }

  const watch = watchConfig({
    ...deps.configWatch,
    paths: configPaths(deps),
    onSettled: takeConfigInTurn,
    onBlind: (folder, code) =>
      deps.logger.warn(`Changes of config.yml in ${folder} count after a restart: it cannot be watched (${code}).`),
  });

  return {
    start() {
      board.start();
      return inTurn(startAgent).catch((thrown) => onError(toAppError(thrown), 'start'));
    },

    async status() {
      const { lastError, ...status } = await board.read();
      return {
        ...status,
        lastError: lastError && { ...lastError, message: settings.inFieldWords(lastError.message) },
        slack: { ...status.slack, paused: isPaused },
        log: { ...status.log, ...deps.storage() },
        notices: [electronNotice, scopes.current(), ...settings.notices(), ...(deps.notices?.() ?? [])].filter(
          (notice) => notice !== null,
        ),
        version: deps.version,
        dataDir,
        demo: deps.demo,
      };
    },

    agent() {
      if (agent === null) throw new AppError('unavailable', 'The program is just starting. Try again in a moment.');
      return agent;
    },

    team: () => agent?.team() ?? null,

    classifier: model.classifier,

    load: settings.load,

    inFieldWords: settings.inFieldWords,

    async settings() {
      const trustsFormerToken = (markKeys.keys()?.former ?? []).length > 0;
      return settingsView(await settings.load(), {
        protection: await deps.secretStore.protection(),
        trustsFormerToken,
      });
    },

    bindSecrets: settings.bindSecrets,

    async saveSettings(request) {
      const allowed = await settings.askAbout(request);
      await inTurn(async () => {
        const news = await settings.save(request, allowed);
        const { botToken } = news.loaded.settings.slack;
        if (request.isFormerTokenLeaked) await markKeys.use(botToken, { isFormerLeaked: true });
        await goOnWith(news);
      });
    },

    async allowAddress(request) {
      if (!(await settings.askToAllow(request))) return;
      await inTurn(async () => goOnWith(await settings.allow(request)));
    },

    renewModel: () =>
      inTurn(async () => {
        if (isEnding) return;
        const loaded = await settings.load();
        await settings.takeOver(loaded);
        await model.apply(loaded.settings);
        onStatus();
      }),

    pause: (paused) =>
      inTurn(async () => {
        if (paused === isPaused) return;
        isPaused = paused;
        onStatus();
        await agent?.pause(paused);
      }),

    tryNow(part) {
      if (board.health(part).state === 'trouble') agent?.tryNow(new Set([part]));
    },

    sleep: async () => agent?.sleep(),

    wake: () => agent?.wake(),

    stop() {
      isEnding = true;
      watch.stop();
      board.stop();
      return inTurn(async () => {
        const stopping = agent;
        agent = null;
        await Promise.all([stopping?.stop(), model.stop()]);
      });
    },
  };
}
