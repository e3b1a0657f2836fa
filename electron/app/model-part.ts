import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ModelHealth } from '../../shared/app-status.ts';
import { AppError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Classification, Ticket } from '../../shared/ticket.ts';
import {
  type ClassifierOptions,
  type ConfiguredClassifier,
  createClassifier,
} from '../classifier/classifier-from-settings.ts';
import { createCorrectionLearner } from '../classifier/learn-corrections.ts';
import type { Logger } from '../logging/logging.ts';
import { findModel } from '../model-library/find-model.ts';
import type { TicketReader } from '../tickets/ports/ticket-reader.ts';
import { modelHealth } from './health.ts';

/** Whatever classifies, whatever becomes of its settings. */
export interface ModelPart {
  /**
   * Sees to it that the classifier is the one for these settings. One that fits and works stays: a GGUF takes long to
   * load. Resolves when tickets are answered by it; its GGUF is loaded afterwards.
   */
  apply(settings: Pick<Settings, 'openai' | 'model'>): Promise<void>;
  /** Throws `unavailable` before the first settings. */
  classify(text: string): Promise<Classification>;
  /** The one that answers now; null while there is none. */
  classifier(): ConfiguredClassifier | null;
  /** A ticket has changed: it may have been corrected, and corrections are learnt from. */
  noticed(ticket: Ticket): void;
  stop(): Promise<void>;
}

export interface ModelPartDeps {
  dataDir: string;
  /** Loads a GGUF; into this process unless given. */
  loadModel: ClassifierOptions['loadModel'];
  log: Pick<TicketReader, 'corrections'>;
  onState(health: ModelHealth): void;
  /** What was measured of a GGUF is news. */
  onMeasurements(): void;
  onError(error: AppError, about?: string): void;
  logger: Pick<Logger, 'warn'>;
}

export function createModelPart({
  dataDir,
  loadModel,
  log,
  onState,
  onMeasurements,
  onError,
  logger,
}: ModelPartDeps): ModelPart {
  /** `end`: another one answers; nothing of this one is shown any more. */
  let current: { classifier: ConfiguredClassifier; madeFor: unknown; end(): Promise<void> } | null = null;
  let isInTrouble = false;
  const learner = createCorrectionLearner({
    corrections: log.corrections,
    learn: (corrections) => current?.classifier.correct(corrections),
    onError,
  });

  return {
    async apply({ openai, model }) {
      const wanted = {
        openai,
        model: await findModel(model.path, join(dataDir, 'models')),
        waitMs: model.waitSeconds * 1000,
        idleMs: model.idleMinutes === null ? null : model.idleMinutes * 60_000,
      };
      if (current !== null && !isInTrouble && isDeepStrictEqual(current.madeFor, wanted)) return;
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
        ...(loadModel === undefined ? {} : { loadModel }),
        adaptive: { cacheFolder: join(dataDir, 'classifier-cache'), corrections, measures: true, onMeasurements },
        onModelState(state) {
          if (hasEnded) return;
          const health = modelHealth(state);
          isInTrouble = health.state === 'trouble';
          onState(health);
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
      current = { classifier, madeFor: wanted, end };
      // Tickets are answered by the new one already; memory has no room for two models.
      await former?.end().finally(free);
      free();
      void classifier.load();
    },

    async classify(text) {
      // An answer of a classifier that was replaced meanwhile is not the settings' any more.
      for (;;) {
        const asked = current?.classifier;
        if (asked === undefined) throw new AppError('unavailable', 'The program is just starting.');
        const answer = await asked.classify(text);
        // What went to OpenAI must be told of.
        if (asked === current?.classifier || answer.cloud !== undefined) return answer;
      }
    },

    classifier: () => current?.classifier ?? null,
    noticed: learner.noticed,

    async stop() {
      learner.stop();
      await current?.end();
      current = null;
    },
  };
}
