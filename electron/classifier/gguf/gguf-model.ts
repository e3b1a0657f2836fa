import { totalmem } from 'node:os';
import type { LlamaModel, Token } from 'node-llama-cpp';
import type { AppError } from '../../../shared/errors.ts';
import { labels } from '../../../shared/labels.ts';
import { eachLabel, type LabelScores, scoreLabels } from '../scoring/label-scoring.ts';
import type { ModelMemory } from '../scoring/model-memory.ts';
import { chatPrompt } from './chat-prompt.ts';
import { checkGgufFile } from './check-gguf-file.ts';
import { llamaRuntime } from './llama-runtime.ts';

/** Tokens: the instruction, and a ticket of about a thousand words; what it is about stands at its beginning. */
export const contextSize = 2048;
/** Tokens evaluated at a time: between two chunks a ticket that nobody waits for any more is dropped. */
const chunkSize = 256;
/**
 * Tickets that say nothing. What a model answers to them is its liking for a word, which is taken off every
 * score; macro-F1 of Gemma 3 270M rose from 0.17 to 0.26 with it. The method: https://arxiv.org/abs/2102.09690
 */
const neutralTickets = ['', 'N/A', '[ticket]'];
/**
 * Words whose logits make a `state`. Each costs the library a comparison with all of the vocabulary: 256 take 7 ms
 * with the 262,144 of Gemma 3, 1,024 take 73 ms.
 */
const stateTokens = 256;
/** Bytes of a model with so little to do that threads only wait for each other, on a busy machine a hundred times as long. */
const smallModel = 16 * 2 ** 20;
/** Most characters that a tokenizer makes a token of in ordinary text, so that the rest need not be read. */
const longestToken = 16;

/** What one pass over a ticket gives. */
export interface Reading {
  /** Log-probability of each label as the answer, less that for a ticket that says nothing. */
  scores: LabelScores;
  /**
   * The model's logits for `stateTokens` words spread over its vocabulary, where the answer begins. They are fixed
   * mixtures of its last state, so a head can be fitted on them as on an embedding, without a second pass.
   */
  state: number[];
  evaluatedTokens: number;
}

/** A GGUF in memory. One call at a time: the caller queues. */
export interface GgufModel {
  /** `cpu`, `cuda`, `vulkan` or `metal`. */
  device: string;
  /** Bytes by which the process grew while it was loaded, pages of the file included. */
  memoryBytes: number;
  /** A ticket longer than the context is cut. Rejects with the signal's reason where it was aborted. */
  read(ticket: string, signal?: AbortSignal): Promise<Reading>;
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
  const memoryBefore = process.memoryUsage.rss();
  llama.logger = (_level, line) => onLog(line.trim());
  const model = await llama.loadModel({ modelPath: path, loadSignal: signal });
  try {
    if (!model.fileInsights.hasDecoder) throw new Error('it has no decoder and can only make embeddings');
    const context = await model.createContext({
      contextSize: { max: contextSize },
      // Else a sliding-window model forgets the instruction's evaluation with every ticket.
      swaFullCache: true,
      ...(model.size < smallModel ? { threads: 1 } : {}),
      createSignal: signal,
    });
    const sequence = context.getSequence();
    const { before, after, lead } = await chatPrompt(model, sequence.contextSize);
    const answers = labels.map((label) => ({ label, tokens: model.tokenize(lead + label, false, 'trimLeadingSpace') }));
    const longestAnswer = Math.max(...answers.map(({ tokens }) => tokens.length));
    const spread = spreadTokens(model, stateTokens);
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

    async function readOnce(ticket: string, stop?: AbortSignal): Promise<Reading> {
      const text = cutText(model, ticket, room);
      let evaluatedTokens = 0;
      let state: number[] | null = null;
      const scores = await scoreLabels(answers, async (path, candidates) => {
        const wanted = state === null ? [...new Set([...candidates, ...spread])] : candidates;
        const tokens = [...before, ...text, ...after, ...(path as Token[])];
        const { logits, evaluated } = await evaluate(tokens, wanted as Token[], stop);
        evaluatedTokens += evaluated;
        state ??= spread.map((token) => logits.get(token) ?? 0);
        return logits;
      });
      return { scores, state: state ?? [], evaluatedTokens };
    }

    await sequence.evaluateWithoutGeneratingNewTokens(before);
    // Recurrent and hybrid models cannot go back in their state without one.
    if (sequence.needsCheckpoints) await sequence.takeCheckpoint();
    const neutral: LabelScores[] = [];
    for (const ticket of neutralTickets) neutral.push((await readOnce(ticket, signal)).scores);
    const liking = eachLabel((label) => neutral.reduce((sum, scores) => sum + scores[label], 0) / neutral.length);

    return {
      device: model.gpuLayers > 0 && llama.gpu ? llama.gpu : 'cpu',
      memoryBytes: Math.max(0, process.memoryUsage.rss() - memoryBefore),
      async read(ticket, stop) {
        const { scores, ...rest } = await readOnce(ticket, stop);
        return { scores: eachLabel((label) => scores[label] - liking[label]), ...rest };
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

/** `count` tokens at even distances in the vocabulary; fewer where it is small. */
function spreadTokens(model: LlamaModel, count: number): Token[] {
  const size = model.fileInfo.metadata.tokenizer.ggml.tokens.length;
  const all = Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * size) / count));
  return [...new Set(all)] as Token[];
}
