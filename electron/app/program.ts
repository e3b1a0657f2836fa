import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '@slack/bolt';
import type { AppStatus, PartHealth } from '../../shared/app-status.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { Change, Request } from '../../shared/ipc.ts';
import { describeProblem, type SettingProblem, type Settings, settingNames } from '../../shared/settings.ts';
import type { SettingsView } from '../../shared/settings-view.ts';
import type { Classification, Ticket } from '../../shared/ticket.ts';
import {
  type ClassifierOptions,
  type ConfiguredClassifier,
  createClassifier,
  defaultUnsureBelow,
} from '../classifier/classifier-from-settings.ts';
import { createCorrectionLearner } from '../classifier/learn-corrections.ts';
import { freeBytes as freeBytesOf } from '../files/free-bytes.ts';
import { findModel } from '../model-library/find-model.ts';
import type { LoadedSettings } from '../settings/load-settings.ts';
import { createMarkKeyring } from '../settings/mark-keys.ts';
import { movedAddress, newRefusals } from '../settings/moved-address.ts';
import type { SavedSettings, SettingsChange } from '../settings/saved-settings.ts';
import { addressOf, type SecretRefusal, type SecretUse } from '../settings/secret-origins.ts';
import type { SecretStore } from '../settings/secret-store.ts';
import { createSettingsSource } from '../settings/settings-source.ts';
import { isFixedBy, settingsView } from '../settings/settings-view.ts';
import type { TicketLog } from '../tickets/ports/ticket-log.ts';
import { type Agent, createAgent } from './agent.ts';
import { diskHealth, type Health, healthLine, modelHealth } from './health.ts';
import { createOldElectron, type OldElectron } from './old-electron.ts';

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
  /** What is known of the log's file besides. */
  storage(): Pick<AppStatus['log'], 'bytes' | 'backup' | 'recovery'>;
  /** What people should know as long as the program runs; sentences. */
  notices?: readonly string[];
  /** What this Electron may not do; all unless given. */
  oldElectron?: OldElectron;
  /** Bytes free for a folder; null where unknown. */
  freeBytes?: (folder: string) => Promise<number | null>;
  logger: Pick<Logger, 'warn' | 'error'>;
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
  /** Notes that these secrets are sent on trial. Throws `storage_failed`. */
  bindSecrets(uses: readonly SecretUse[]): void;
  /**
   * Saves, and goes on with the new settings; only what they change is replaced. Throws what SavedSettings throws, and, saving nothing, `forbidden` for
   * what an `.env` file or the environment fixes, and `invalid_input` where a secret would go to another address than it is
   * meant for: a saved one that does not come along, or one from elsewhere that the person, being asked, does not allow.
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
  /** The machine is going to sleep: parks the work in hand and closes the line to Slack, in 2 s at most. */
  sleep(): Promise<void>;
  /** The machine was asleep, or its network changed: whoever waits for a time or a dead connection looks again. */
  wake(): void;
  /** For good: nothing starts afterwards. */
  stop(): Promise<void>;
}

/** How often it is seen to that the disk has room. */
const diskCheckMs = 3 * 60_000;

const starting = { state: 'off', code: 'starting', detail: null } as const;

export function createProgram(deps: ProgramDeps): Program {
  const { dataDir, print, onChange, log, freeBytes = freeBytesOf } = deps;
  const { oldElectron = createOldElectron(undefined, false) } = deps;
  const parts: Health = {
    slack: { ...starting, since: null, desktops: null },
    jira: starting,
    model: { ...starting, file: null, device: null },
    disk: diskHealth(null, dataDir),
  };
  /** Of the log, as it was last read. */
  let known = { tickets: 0, attention: 0, unfinished: 0 };
  let diskTimer: NodeJS.Timeout | undefined;
  let agent: Agent | null = null;
  /** The classifier, and the settings that it was made for. `end`: another one answers; nothing of it is shown any more. */
  let model: { classifier: ConfiguredClassifier; madeFor: unknown; end(): Promise<void> } | null = null;
  /** Of settings.json, until the next save: a damaged file is set aside by the first read, so no later one sees it. */
  const savedProblems = new Map<string, SettingProblem>();
  const learner = createCorrectionLearner({
    corrections: log.corrections,
    learn: (corrections) => model?.classifier.correct(corrections),
    onError,
  });
  const instance = { home: `${hostname()}:${dataDir}`, run: randomUUID(), startedAt: new Date().toISOString() };
  const markKeys = createMarkKeyring({
    file: join(dataDir, 'mark-keys.json'),
    secretStore: deps.secretStore,
    // What is saved encrypted cannot be read without the keychain.
    allowsPlainText: () => typeof deps.saved.readPlain()['SLACK_BOT_TOKEN'] === 'string',
    onError,
  });
  const source = createSettingsSource(deps);
  /** Secrets that go nowhere, as the settings at work have it. */
  let refusals: readonly SecretRefusal[] = [];
  let lastError: AppStatus['lastError'] = null;
  /** About the settings in use; null where there is none. */
  let electronNotice: string | null = null;
  let isPaused = false;
  let isEnding = false;
  let turn: Promise<unknown> = Promise.resolve();

  /** Starting, stopping and saving wait for each other, so that there are never two agents. */
  function inTurn(action: () => Promise<void>): Promise<void> {
    const done = turn.then(action);
    turn = done.catch(() => {});
    return done;
  }

  function onPart<Name extends keyof Health>(name: Name, state: Health[Name]): void {
    const line = healthLine(name, state);
    if (line !== healthLine(name, parts[name])) print(line);
    parts[name] = state;
    onChange('status');
  }

  function onError(error: AppError, about?: string): void {
    lastError = { at: new Date().toISOString(), code: error.code, message: error.message };
    deps.onError(error, about);
    onChange('status');
  }

  function behave({ settings, origins }: LoadedSettings): void {
    electronNotice = oldElectron.notice(settings);
    try {
      deps.onBehaviour(settings.behaviour, origins);
    } catch (thrown) {
      onError(toAppError(thrown), 'behaviour');
    }
  }

  async function load(change: SettingsChange = {}): Promise<LoadedSettings> {
    const { savedProblems: found, ...loaded } = await source.load(change);
    for (const problem of found) savedProblems.set(describeProblem(problem), problem);
    return { ...loaded, problems: [...savedProblems.values(), ...loaded.problems] };
  }

  /** These settings are at work from now on: what their secrets are for is noted, and told where one goes nowhere. */
  async function takeOver(loaded: LoadedSettings): Promise<void> {
    await source.bind(loaded).catch((thrown) => onError(toAppError(thrown), 'settings'));
    const told = new Set(refusals.map(({ message }) => message));
    refusals = loaded.refusals;
    for (const { name, message } of refusals) {
      if (told.has(message)) continue;
      print(`settings: ${name}: ${message}`);
      deps.logger.warn(`${name}: ${message}`);
      lastError = { at: new Date().toISOString(), code: 'not_configured', message: `${name}: ${message}` };
      onChange('status');
    }
  }

  /** A part that lacks what was refused to it says why. */
  function explained<State extends PartHealth>(part: 'slack' | 'jira', state: State): State {
    const why = refusals.filter(({ name }) => partOf(name) === part).map(({ name, message }) => `${name}: ${message}`);
    if (why.length === 0 || state.state !== 'off' || state.code !== 'not_configured') return state;
    return { ...state, detail: why.join(' ') };
  }

  /** Sees to it that the classifier is the one for these settings. One that fits and works stays: a GGUF takes long to load. */
  async function renewClassifier({ openai, model: chosen }: Settings): Promise<void> {
    const found = await findModel(chosen.path, join(dataDir, 'models'));
    const waitMs = chosen.waitSeconds * 1000;
    const idleMs = chosen.idleMinutes === null ? null : chosen.idleMinutes * 60_000;
    const wanted = { openai, found, waitMs, idleMs };
    if (model !== null && parts.model.state !== 'trouble' && isDeepStrictEqual(model.madeFor, wanted)) return;
    const former = model;
    const corrections = (await learner.read()) ?? [];
    let hasEnded = false;
    let free: () => void = () => {};
    const loadAfter = new Promise<void>((resolve) => {
      free = resolve;
    });
    const classifier = createClassifier({
      openai,
      model: found,
      waitMs,
      idleMs,
      loadAfter,
      ...(deps.loadModel === undefined ? {} : { loadModel: deps.loadModel }),
      adaptive: {
        cacheFolder: join(dataDir, 'classifier-cache'),
        corrections,
        measures: true,
        onMeasurements: () => onChange('status'),
      },
      onModelState(state) {
        if (!hasEnded) onPart('model', modelHealth(state));
      },
      onFailure: (source, error) => onError(error, source),
      onNormalised: (label) => deps.logger.warn(`OpenAI's reply was not exactly a label; it was taken as ${label}.`),
    });
    // Before Slack connects, so that no command waits for its ack meanwhile.
    await classifier.prepare();
    const end = () => {
      hasEnded = true;
      return classifier.dispose();
    };
    model = { classifier, madeFor: wanted, end };
    // Tickets are answered by the new one already; memory has no room for two models.
    await former?.end().finally(free);
    free();
    void classifier.load();
  }

  /** Whoever answers while the settings change: an answer of a classifier that was replaced is not the settings' any more. */
  async function classify(text: string): Promise<Classification> {
    for (;;) {
      const asked = model?.classifier;
      if (asked === undefined) throw new AppError('unavailable', 'The program is just starting.');
      const answer = await asked.classify(text);
      // What went to OpenAI must be told of.
      if (asked === model?.classifier || answer.cloud !== undefined) return answer;
    }
  }

  async function checkDisk(): Promise<number | null> {
    const free = await freeBytes(dataDir);
    const disk = diskHealth(free, dataDir);
    // The figure in the message changes all the time; only another state is news.
    if (disk.code !== parts.disk.code) onPart('disk', disk);
    parts.disk = disk;
    return free;
  }

  /** A log that cannot be read is told of, with the figures of before. */
  async function readLog(): Promise<typeof known & { message: string | null }> {
    try {
      const { counts } = await log.overview();
      known = { tickets: counts.all, attention: counts.attention, unfinished: counts.unfinished };
      return { ...known, message: null };
    } catch (thrown) {
      return { ...known, message: toAppError(thrown).message };
    }
  }

  async function startAgent(): Promise<void> {
    if (isEnding || agent !== null) return;
    const loaded = await load();
    const { settings } = loaded;
    for (const problem of loaded.problems) deps.logger.warn(describeProblem(problem));
    await takeOver(loaded);
    behave(loaded);
    await renewClassifier(settings);
    await markKeys.use(settings.slack.botToken);
    if (isEnding) return;
    agent = createAgent({
      settings,
      markKeys,
      log,
      instance,
      classifier: { classify },
      oldElectron,
      unsureBelow: defaultUnsureBelow,
      onSlack(state) {
        onPart('slack', explained('slack', state));
        // Whose desktop this is can be told now that the workspace is known.
        if (state.state === 'ok') onChange('settings');
      },
      onJira: (state) => onPart('jira', explained('jira', state)),
      onTicket(ticket) {
        deps.onTicket(ticket);
        learner.noticed(ticket);
      },
      onError,
      logger: deps.logger,
    });
    agent.start(isPaused);
  }

  async function stopAgent(): Promise<void> {
    const stopping = agent;
    agent = null;
    await stopping?.stop();
  }

  /** What a save would make of the settings. Throws `forbidden` for what is fixed. */
  async function prepare({ change, labelToIssueType }: Request<'settings:save'>) {
    const wanted: SettingsChange =
      labelToIssueType === undefined ? change : { ...change, label_to_issue_type: labelToIssueType };
    const before = await load();
    const { origins } = before;
    const fixed = settingNames.find((name) => name in change && isFixedBy(origins[name]));
    if (fixed !== undefined) {
      const message = `Nothing was saved: ${fixed} is fixed by ${origins[fixed]}. Change it there.`;
      throw new AppError('forbidden', message);
    }
    return { wanted, before, after: await load(wanted) };
  }

  /** What a person allows of what this save would lead elsewhere. Nothing else waits for the answer. */
  async function askAbout(request: Request<'settings:save'>): Promise<SecretRefusal[]> {
    const allowed: SecretRefusal[] = [];
    for (const refusal of newRefusals(await prepare(request))) {
      if (refusal.mayBeAllowed && (await isAllowed(refusal))) allowed.push(refusal);
    }
    return allowed;
  }

  async function isAllowed(refusal: SecretRefusal): Promise<boolean> {
    return (await deps.confirmAddress?.(refusal)) ?? false;
  }

  async function save(request: Request<'settings:save'>, allowed: readonly SecretRefusal[]): Promise<void> {
    const { change, allowPlainText, isFormerTokenLeaked } = request;
    const { wanted, before, after } = await prepare(request);
    for (const address of ['JIRA_BASE_URL', 'OPENAI_BASE_URL'] as const) {
      const move = movedAddress(address, { before, after, change, allowed });
      if (move !== null) throw new AppError('invalid_input', move);
    }
    await source.bind(before);
    await deps.saved.write({ ...wanted, ...source.originsAfter(wanted, after) }, { allowPlainText });
    source.bindGiven(allowed);
    savedProblems.clear();
    const loaded = await load();
    if (isFormerTokenLeaked) await markKeys.use(loaded.settings.slack.botToken, { isFormerLeaked: true });
    await goOnWith(loaded, Object.keys(wanted));
  }

  async function goOnWith(loaded: LoadedSettings, changed: readonly string[]): Promise<void> {
    const named = new Set(changed.flatMap((name) => partOf(name) ?? []));
    if (agent === null) await startAgent();
    else await applySettings(agent, loaded, named);
    onChange('settings');
  }

  async function allowAddress(request: Request<'settings:allow-address'>): Promise<void> {
    const find = async () =>
      (await load()).refusals.find(({ name, origin }) => name === request.name && origin === request.origin);
    const refusal = await find();
    if (!refusal?.mayBeAllowed) throw nothingToAllow(request.name);
    if (!(await isAllowed(refusal))) return;
    await inTurn(async () => {
      // The address may have changed while the person was asked.
      const now = await find();
      if (!now?.mayBeAllowed) throw nothingToAllow(request.name);
      source.bindGiven([now]);
      await goOnWith(await load(), [addressOf[now.name]]);
    });
  }

  /** `named`: the parts whose settings a person has just saved, if with the values that they had. */
  async function applySettings(
    working: Agent,
    loaded: LoadedSettings,
    named: ReadonlySet<'slack' | 'jira'>,
  ): Promise<void> {
    await takeOver(loaded);
    behave(loaded);
    await renewClassifier(loaded.settings);
    await markKeys.use(loaded.settings.slack.botToken);
    working.apply(loaded.settings, new Set([...named].filter((part) => parts[part].state === 'trouble')));
  }

  return {
    start() {
      diskTimer ??= setInterval(() => void checkDisk(), diskCheckMs);
      diskTimer.unref();
      void checkDisk();
      return inTurn(startAgent).catch((thrown) => onError(toAppError(thrown), 'start'));
    },

    async status() {
      const [{ attention, unfinished, ...figures }, diskFree] = await Promise.all([readLog(), checkDisk()]);
      return {
        ...parts,
        slack: { ...parts.slack, paused: isPaused },
        log: { ...figures, diskFree, ...deps.storage() },
        lastError,
        attention,
        unfinished,
        notices: [...(electronNotice === null ? [] : [electronNotice]), ...(deps.notices ?? [])],
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

    classifier: () => model?.classifier ?? null,

    load,

    async settings() {
      const trustsFormerToken = (markKeys.keys()?.former ?? []).length > 0;
      return settingsView(await load(), { protection: await deps.secretStore.protection(), trustsFormerToken });
    },

    bindSecrets: source.bindGiven,

    async saveSettings(request) {
      const allowed = await askAbout(request);
      await inTurn(() => save(request, allowed));
    },

    allowAddress,

    renewModel: () =>
      inTurn(async () => {
        if (isEnding) return;
        const loaded = await load();
        await takeOver(loaded);
        await renewClassifier(loaded.settings);
        onChange('status');
      }),

    pause: (paused) =>
      inTurn(async () => {
        if (paused === isPaused) return;
        isPaused = paused;
        onChange('status');
        await agent?.pause(paused);
      }),

    sleep: async () => agent?.sleep(),

    wake: () => agent?.wake(),

    stop() {
      isEnding = true;
      clearInterval(diskTimer);
      learner.stop();
      return inTurn(async () => {
        await Promise.all([stopAgent(), model?.end()]);
        model = null;
      });
    },
  };
}

function nothingToAllow(name: string): AppError {
  return new AppError('not_found', `${name} is not waiting to be allowed any more. Look at the page Settings again.`);
}

/** The part that a person wants to be tried again who saves this setting. */
function partOf(name: string): 'slack' | 'jira' | null {
  if (name.startsWith('SLACK_')) return 'slack';
  return name.startsWith('JIRA_') || name === 'label_to_issue_type' ? 'jira' : null;
}
