// node tools/bench-gguf.ts FILE.gguf [--gpu]: what a ticket costs with a GGUF, beside generating its label as text.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { LlamaChatSession, type LlamaModel } from 'node-llama-cpp';
import { loadGgufModel } from '../electron/classifier/gguf/gguf-model.ts';
import { llamaRuntime } from '../electron/classifier/gguf/llama-runtime.ts';
import { knownExamples } from '../electron/classifier/measuring/known-examples.ts';
import { stratified } from '../electron/classifier/measuring/measure-gguf.ts';
import { promptFor } from '../electron/classifier/scoring/prompt.ts';

const ticketCount = 15;
/** A label is two tokens; a chat model ends after it, and one that was never taught to chat goes on for ever. */
const mostGenerated = 16;

/** Medians over the same tickets, on the same device, in the same run. */
interface GgufCost {
  device: string;
  /** Milliseconds a ticket after the first. */
  ours: number;
  /** One forward pass of as many tokens: without any result, and with the next token as its result. */
  bare: number;
  bareWithResult: number;
  /** Generating the label: in a session that keeps what it can of the prompt, and in a new one for each ticket. */
  generatedInOne: number;
  generatedAnew: number;
  /** Tokens evaluated for a ticket beyond its own: the most over all tickets. */
  extraTokens: number;
}

/** `file`: absolute. Loading is left out everywhere, and so is the first ticket of each. */
async function measureGgufCost(file: string, gpu: 'auto' | false): Promise<GgufCost> {
  const llama = await llamaRuntime(gpu);
  const texts = stratified(await knownExamples())
    .slice(0, ticketCount + 1)
    .map(({ text }) => text);

  const ours = await loadGgufModel(file, { signal: new AbortController().signal, onLog() {} });
  const { device } = ours;
  const readings: { ms: number; evaluated: number }[] = [];
  for (const text of texts) {
    const started = performance.now();
    const { evaluatedTokens } = await ours.read(text);
    readings.push({ ms: performance.now() - started, evaluated: evaluatedTokens });
  }
  await ours.dispose();

  const model = await llama.loadModel({ modelPath: file });
  const counts = readings.map(({ evaluated }) => evaluated);
  const bare = await barePasses(model, counts, false);
  const bareWithResult = await barePasses(model, counts, true);
  const generatedInOne = await generatedLabels(model, texts, false);
  const generatedAnew = await generatedLabels(model, texts, true);
  const extra = texts.map((text, index) => (readings[index]?.evaluated ?? 0) - model.tokenize(text).length);
  await model.dispose();
  return {
    device,
    ours: median(readings.map(({ ms }) => ms)),
    bare: median(bare),
    bareWithResult: median(bareWithResult),
    generatedInOne: median(generatedInOne),
    generatedAnew: median(generatedAnew),
    extraTokens: Math.max(...extra.slice(1)),
  };
}

/** Milliseconds to evaluate as many tokens from nothing, with the next token as the result or without any. */
async function barePasses(model: LlamaModel, counts: readonly number[], withResult: boolean): Promise<number[]> {
  const context = await model.createContext({ contextSize: { max: 2048 } });
  const sequence = context.getSequence();
  const [token] = model.tokenize(' a');
  if (token === undefined) throw new Error('its vocabulary has no "a"');
  const times: number[] = [];
  for (const count of counts) {
    await sequence.clearHistory();
    const tokens = Array.from({ length: count }, () => token);
    const started = performance.now();
    if (withResult) await sequence.evaluate(tokens, { temperature: 0 }).next();
    else await sequence.evaluateWithoutGeneratingNewTokens(tokens);
    times.push(performance.now() - started);
  }
  await context.dispose();
  return times;
}

/** Milliseconds to let the library's chat session write the label: one session for all tickets, or one for each. */
async function generatedLabels(model: LlamaModel, texts: readonly string[], anew: boolean): Promise<number[]> {
  const context = await model.createContext({ contextSize: { max: 2048 } });
  const sequence = context.getSequence();
  const start = () => new LlamaChatSession({ contextSequence: sequence, systemPrompt: '' });
  let session = start();
  const times: number[] = [];
  for (const text of texts) {
    if (anew) {
      session.dispose();
      await sequence.clearHistory();
      session = start();
    } else session.resetChatHistory();
    const started = performance.now();
    await session.prompt(promptFor(text), { maxTokens: mostGenerated, temperature: 0 });
    times.push(performance.now() - started);
  }
  await context.dispose();
  return times;
}

/** Median without the first value, which evaluates the instruction. */
function median(values: readonly number[]): number {
  const sorted = values.slice(1).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function costLines(cost: GgufCost): string[] {
  const { device, ours, bare, bareWithResult, generatedInOne, generatedAnew, extraTokens } = cost;
  const beside = (value: number) => `${value.toFixed(1)} ms; ours takes ${(ours / value).toFixed(2)} times as long`;
  return [
    `a ticket after the first, on ${device}: ${ours.toFixed(1)} ms`,
    `generating the label as text, one session that keeps the prompt: ${beside(generatedInOne)}`,
    `generating the label as text, a session for each ticket: ${beside(generatedAnew)}`,
    `one forward pass of the tokens evaluated, without a result: ${beside(bare)}`,
    `one forward pass of the tokens evaluated, with the next token: ${beside(bareWithResult)}`,
    `tokens evaluated beyond the ticket's own: at most ${extraTokens}`,
  ];
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { gpu: { type: 'boolean' } } });
  const [file] = positionals;
  if (file === undefined) throw new Error('Usage: node tools/bench-gguf.ts FILE.gguf [--gpu]');
  const absolute = path.resolve(process.env['INIT_CWD'] ?? '.', file);
  const cost = await measureGgufCost(absolute, values.gpu ? 'auto' : false);
  if (values.gpu && cost.device === 'cpu') console.error('No GPU was found, so this is the CPU.');
  console.log(costLines(cost).join('\n'));
  process.exit(0);
}
