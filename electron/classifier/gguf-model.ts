import { totalmem } from 'node:os';
import type { LlamaModel, Token } from 'node-llama-cpp';
import type { AppError } from '../../shared/errors.ts';
import { labels } from '../../shared/labels.ts';
import { chatPrompt } from './chat-prompt.ts';
import { checkGgufFile } from './check-gguf-file.ts';
import { eachLabel, type LabelScores, scoreLabels } from './label-scoring.ts';
import { llamaRuntime } from './llama-runtime.ts';
import type { ModelMemory } from './model-memory.ts';

/** Tokens: the instruction, and a ticket of about a thousand words; what it is about stands at its beginning. */
export const contextSize = 2048;
/** Tokens evaluated at a time: between two chunks a ticket that nobody waits for any more is dropped. */
const chunkSize = 256;
/**
 * Tickets that say nothing. What a model answers to them is its liking for a word, which is taken off every
 * score; macro-F1 of Gemma 3 270M rose from 0.17 to 0.26 with it. The method: https://arxiv.org/abs/2102.09690
 */
const neutralTickets = ['', 'N/A', '[ticket]'];
/** No tokenizer makes a token of more characters from ordinary text, so the rest need not be read at all. */
const longestToken = 16;

/** A GGUF in memory. One call at a time: the caller queues. */
export interface GgufModel {
  /** `cpu`, `cuda`, `vulkan` or `metal`. */
  device: string;
  /**
   * Log-probability of each label as the answer to the ticket, less that for a ticket that says nothing, and how
   * many tokens were evaluated. A ticket longer than the context is cut. Rejects with the signal's reason where
   * it was aborted.
   */
  score(ticket: string, signal?: AbortSignal): Promise<{ scores: LabelScores; evaluatedTokens: number }>;
  /** What it took when it was loaded; only where it has a process of its own. */
  memory?: ModelMemory;
  dispose(): Promise<void>;
}

/**
 * Loads a GGUF with node-llama-cpp and evaluates the instruction, which then stays in the KV cache.
 * `onLog` gets llama.cpp's own error lines, which say more than the errors thrown. `onEnd` is called where the process
 * that held the loaded model ended by itself, which nothing in this process can survive.
 * @throws AppError `model_failed` for a broken file, else whatever node-llama-cpp throws, and the signal's reason
 */
export async function loadGgufModel(
  path: string,
  { signal, onLog }: { signal: AbortSignal; onLog(line: string): void; onEnd?(error: AppError): void },
): Promise<GgufModel> {
  const llama = await llamaRuntime();
  await checkGgufFile(path, totalmem() + (await llama.getVramState()).total);
  llama.logger = (_level, line) => onLog(line.trim());
  const model = await llama.loadModel({ modelPath: path, loadSignal: signal });
  try {
    if (!model.fileInsights.hasDecoder) throw new Error('it has no decoder and can only make embeddings');
    const context = await model.createContext({
      contextSize: { max: contextSize },
      // Else a sliding-window model forgets the instruction's evaluation with every ticket.
      swaFullCache: true,
      createSignal: signal,
    });
    const sequence = context.getSequence();
    const answers = labels.map((label) => ({ label, tokens: model.tokenize(label, false, 'trimLeadingSpace') }));
    const longestAnswer = Math.max(...answers.map(({ tokens }) => tokens.length));
    const { before, after } = await chatPrompt(model);
    const room = sequence.contextSize - before.length - after.length - longestAnswer - 1;
    if (room < 64) throw new Error(`its context of ${sequence.contextSize} tokens is too small`);

    /** Brings the KV cache to these tokens; gives the logits of `candidates` for the next one. */
    async function evaluate(tokens: readonly Token[], candidates: readonly Token[], stop: AbortSignal | undefined) {
      // The last token is evaluated in any case, for its logits.
      await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
      const rest = tokens.slice(sequence.nextTokenIndex);
      let done = 0;
      for (; rest.length - done > chunkSize; done += chunkSize) {
        stop?.throwIfAborted();
        await sequence.evaluateWithoutGeneratingNewTokens(rest.slice(done, done + chunkSize));
      }
      stop?.throwIfAborted();
      const chunk = rest.slice(done);
      const generateNext = { logits: { filter: { tokens: candidates } } };
      const outputs = await sequence.controlledEvaluate(
        chunk.map((token, index) => (index === chunk.length - 1 ? [token, { generateNext }] : token)),
      );
      const logits = outputs.at(-1)?.next.logits;
      if (logits === undefined) throw new Error('it gave no logits');
      return { logits, evaluated: rest.length };
    }

    async function rawScore(ticket: string, stop?: AbortSignal) {
      const text = cutText(model, ticket, room);
      let evaluatedTokens = 0;
      const scores = await scoreLabels(answers, async (path, candidates) => {
        const { logits, evaluated } = await evaluate(
          [...before, ...text, ...after, ...(path as Token[])],
          candidates as Token[],
          stop,
        );
        evaluatedTokens += evaluated;
        return logits;
      });
      return { scores, evaluatedTokens };
    }

    await sequence.evaluateWithoutGeneratingNewTokens(before);
    // Recurrent and hybrid models cannot go back in their state without one.
    if (sequence.needsCheckpoints) await sequence.takeCheckpoint();
    const neutral: LabelScores[] = [];
    for (const ticket of neutralTickets) neutral.push((await rawScore(ticket, signal)).scores);
    const liking = eachLabel((label) => neutral.reduce((sum, scores) => sum + scores[label], 0) / neutral.length);

    return {
      device: model.gpuLayers > 0 && llama.gpu ? llama.gpu : 'cpu',
      async score(ticket, stop) {
        const { scores, evaluatedTokens } = await rawScore(ticket, stop);
        return { scores: eachLabel((label) => scores[label] - liking[label]), evaluatedTokens };
      },
      dispose: () => model.dispose(),
    };
  } catch (thrown) {
    await model.dispose();
    throw thrown;
  }
}

/** The ticket as at most `room` tokens; never read as the model's control tokens. */
function cutText(model: LlamaModel, ticket: string, room: number): Token[] {
  return model.tokenize(ticket.slice(0, room * longestToken), false, 'trimLeadingSpace').slice(0, room);
}
