import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { ModelHealth } from '../../shared/app-status.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Ticket } from '../../shared/ticket.ts';
import {
  type ClassifierOptions,
  type ConfiguredClassifier,
  createClassifier,
} from '../classifier/classifier-from-settings.ts';
import { createCorrectionLearner } from '../classifier/learn-corrections.ts';
import type { Logger } from '../logging/logging.ts';
import { type FoundModel, findModel } from '../model-library/find-model.ts';
import { createModelFiles, type ModelFiles } from '../model-library/model-files.ts';
import { modelFolders } from '../model-library/model-folders.ts';
import type { Classifier } from '../tickets/ports/classifier.ts';
import type { TicketReader } from '../tickets/ports/ticket-reader.ts';
import { modelHealth } from './health.ts';

type ModelSettings = Pick<Settings, 'openai' | 'model'>;

/** Milliseconds for which a change of the settings waits for folders in which the only model is looked for. */
const findPatienceMs = 3_000;

/** Milliseconds between two looks at what could not be used: a share may be mounted later than this program starts. */
const lookAgainMs = 60_000;

/** Whatever classifies, whatever becomes of its settings. */
export interface ModelPart {
  /**
   * Sees to it that the classifier is the one for these settings. One that fits and works stays: a GGUF takes long to
   * load. Resolves when tickets are answered by it; its GGUF is loaded afterwards. Waits `findPatienceMs` at most for
   * folders, and not at all for models.
   */
  apply(settings: ModelSettings): Promise<void>;
  /** Throws `unavailable` before the first settings. */
  classify: Classifier['classify'];
  /** The one that answers now; null while there is none. */
  classifier(): ConfiguredClassifier | null;
  /** A ticket has changed: it may have been corrected, and corrections are learnt from. */
  noticed(ticket: Ticket): void;
  stop(): Promise<void>;
}

export interface ModelPartDeps {
  dataDir: string;
  /** The checkout that this program runs from, whose `models` is looked into, too; null: none. */
  checkout?: string | null;
  /** Asks about files; from this process unless given. */
  files?: ModelFiles | undefined;
  /** Loads a GGUF; into this process unless given. */
  loadModel: ClassifierOptions['loadModel'];
  log: Pick<TicketReader, 'corrections'>;
  onState(health: ModelHealth): void;
  /** What was measured of a GGUF is news. */
  onMeasurements(): void;
  onError(error: AppError, about?: string): void;
  logger: Pick<Logger, 'warn'>;
  /** Milliseconds; for tests. */
  againMs?: number;
}

export function createModelPart({
  dataDir,
  checkout = null,
  files = createModelFiles(),
  loadModel,
  log,
  onState,
  onMeasurements,
  onError,
  logger,
  againMs = lookAgainMs,
}: ModelPartDeps): ModelPart {
  /** `end`: another one answers; nothing of this one is shown any more. */
  let current: { classifier: ConfiguredClassifier; madeFor: unknown; found: FoundModel; end(): Promise<void> } | null =
    null;
  let isInTrouble = false;
  /** Whether it could not be loaded, or is not in memory any more. */
  let isOut = false;
  const learner = createCorrectionLearner({
    corrections: log.corrections,
    learn: (corrections) => current?.classifier.correct(corrections),
    onError,
  });

  let againTimer: NodeJS.Timeout | undefined;
  /** File, and how it was, that was tried again last. */
  let tried: string | null = null;
  /** Settings that were applied last. */
  let latest: ModelSettings | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  /** Promise that resolves when the memory of all former models is free. */
  let freed: Promise<unknown> = Promise.resolve();

  function takeOver(settings: ModelSettings, found: FoundModel): Promise<void> {
    const done = turn.then(() => (latest === settings ? exchange(settings, found) : undefined));
    turn = done.catch(() => {});
    return done;
  }

  async function exchange({ openai, model }: ModelSettings, found: FoundModel): Promise<void> {
    const wanted = {
      openai,
      model: found,
      waitMs: model.waitSeconds * 1000,
      idleMs: model.idleMinutes === null ? null : model.idleMinutes * 60_000,
    };
    if (current !== null && !isInTrouble && isDeepStrictEqual(current.madeFor, wanted)) return lookAgain();
    const former = current;
    const corrections = (await learner.read()) ?? [];
    let hasEnded = false;
    let free: () => void = () => {};
    const loadAfter = new Promise<void>((resolve) => {
      free = resolve;
    });
    const classifier = createClassifier({
      ...wanted,
      loadAfter,
      keyOf: files.key,
      ...(loadModel === undefined ? {} : { loadModel }),
      adaptive: { cacheFolder: join(dataDir, 'classifier-cache'), corrections, measures: true, onMeasurements },
      onModelState(state) {
        if (hasEnded) return;
        const health = modelHealth(state);
        isInTrouble = health.state === 'trouble';
        isOut = state.state === 'failed' && !state.isLoaded;
        onState(health);
        lookAgain();
      },
      onFailure: (source, error) => onError(error, source),
      onNormalised: (label) => logger.warn(`OpenAI's reply was not exactly a label; it was taken as ${label}.`),
    });
    // Before Slack connects, so that no command waits for its ack meanwhile.
    await classifier.prepare();
    const end = () => {
      hasEnded = true;
      return classifier.dispose();
    };
    current = { classifier, madeFor: wanted, found, end };
    lookAgain();
    // Tickets are answered by the new one already; memory has no room for two models. Nobody else waits for the former
    // one to end, which may be reading from a share that hangs.
    freed = Promise.allSettled([freed, former?.end()]);
    void freed.then(free);
    void classifier.load();
  }

  /** Looks again after a while, where there is something to hope for: until then others answer. */
  function lookAgain(): void {
    clearTimeout(againTimer);
    if (latest === null || !(isOut || current?.found.isUndecided)) return;
    againTimer = setTimeout(() => void lookNow().catch((thrown) => onError(toAppError(thrown), 'model')), againMs);
    againTimer.unref();
  }

  async function lookNow(): Promise<void> {
    const settings = latest;
    if (settings === null) return;
    const found = await findModel(settings.model.path, modelFolders(dataDir, checkout), files);
    if (await isWorthATry(found)) await takeOver(settings, found);
    lookAgain();
  }

  /** A file that failed although it looks whole is tried once more, and then when it has changed. */
  async function isWorthATry(found: FoundModel): Promise<boolean> {
    if (found.path === null || found.path !== current?.found.path) return !isDeepStrictEqual(found, current?.found);
    if (!isOut) return false;
    const seen = await files.look(found.path).catch(() => null);
    const asTried = `${found.path} ${seen?.stamp}`;
    if (seen === null || !seen.isThere || seen.problem !== null || asTried === tried) return false;
    tried = asTried;
    return true;
  }

  return {
    async apply(settings) {
      latest = settings;
      const folders = modelFolders(dataDir, checkout);
      const finding = findModel(settings.model.path, folders, files);
      const found = await Promise.race([finding, delay(findPatienceMs, null, { ref: false })]);
      if (found !== null) return takeOver(settings, found);
      void finding.then((late) => takeOver(settings, late));
      const reason = `${folders.join(', ')} did not answer yet. Is the share mounted?`;
      await takeOver(settings, { path: null, reason, isUndecided: true });
    },

    async classify(text, limits) {
      // An answer of a classifier that was replaced meanwhile is not the settings' any more.
      for (;;) {
        const asked = current?.classifier;
        if (asked === undefined) throw new AppError('unavailable', 'The program is just starting.');
        const answer = await asked.classify(text, limits);
        // What went to OpenAI must be told of.
        if (asked === current?.classifier || answer.cloud !== undefined) return answer;
      }
    },

    classifier: () => current?.classifier ?? null,
    noticed: learner.noticed,

    async stop() {
      learner.stop();
      latest = null;
      clearTimeout(againTimer);
      await Promise.all([current?.end(), freed]);
      current = null;
    },
  };
}
