import type { GgufFile, ModelView } from '../../../shared/model-view.ts';
import type { Classification } from '../../../shared/ticket.ts';
import { fileSize, shortCount } from '../../components/figures.ts';
import type { OpenAiConsent } from './openai-consent.ts';

/** Who answers now, in a few words; `answering.why` says which one, and why. */
export function headline({ answering, state }: ModelView): string {
  switch (answering.source) {
    case 'gguf':
      if (state.state === 'unloaded') return 'A model on this computer answers when it is needed';
      return state.state === 'loading' ? 'A model is loading' : 'A model on this computer answers';
    case 'openai':
      return 'OpenAI answers';
    case 'builtin':
      return 'The built-in model answers';
    case 'none':
      return 'No model answers';
  }
}

/** What the file's header says, and its size. */
export function factsOf({ facts, bytes, name }: GgufFile): string[] {
  if (facts === null) return [];
  const { architecture, quantisation, parameters, contextLength, licence, hasChatTemplate } = facts;
  const isNamed = facts.name !== null && !name.toLowerCase().includes(facts.name.toLowerCase());
  return [
    isNamed ? facts.name : null,
    architecture,
    quantisation,
    parameters === null ? null : `${shortCount(parameters)} parameters`,
    fileSize(bytes),
    contextLength === null ? null : `${contextLength.toLocaleString()} tokens of context`,
    hasChatTemplate ? null : 'no chat template',
    licence === null ? 'licence not named' : `licence ${licence}`,
  ].filter((fact) => fact !== null);
}

/** What the file would take in memory, and what it took; null while neither is known. */
export function memoryOf({ estimate, measured }: GgufFile): { words: string; isTight: boolean } | null {
  const took = measured === null ? null : `took ${memoryWords(measured)} when it was loaded`;
  if (estimate === null) return took === null ? null : { words: `It ${took}.`, isTight: false };
  const isTight = took === null && (estimate.ram > estimate.free.ram || estimate.vram > estimate.free.vram);
  const needs = `Needs about ${memoryWords(estimate)}`;
  if (took !== null) return { words: `${needs}; ${took}.`, isTight };
  const free = memoryWords({ ram: estimate.free.ram, vram: estimate.vram > 0 ? estimate.free.vram : 0 });
  return { words: isTight ? `${needs}, more than is free now: ${free}.` : `${needs}.`, isTight };
}

/** "400 MB of memory and 2 GB on the GPU". */
function memoryWords({ ram, vram }: { ram: number; vram: number }): string {
  const own = `${fileSize(ram)} of memory`;
  return vram > 0 ? `${own} and ${fileSize(vram)} on the GPU` : own;
}

/** Where a tried text goes: the same way as a ticket's. */
export function whereTextGoes({ answering }: ModelView, { isAllowed, hasKey, host }: OpenAiConsent): string {
  if (!isAllowed || !hasKey) return 'The text stays on this computer, and nothing is filed.';
  if (answering.source === 'openai') return `The text goes to ${host}, as a ticket’s would. Nothing is filed.`;
  return `The text stays on this computer. Only if ${answering.name} cannot answer, it goes to ${host}, as a ticket’s would. Nothing is filed.`;
}

/** Who answered, and how long it took. */
export function answeredBy({ source, model, ms }: Classification): string {
  const time = `in ${ms < 10 ? ms.toFixed(1) : Math.round(ms).toLocaleString()} ms`;
  switch (source) {
    case 'gguf':
      return `${model} answered ${time}`;
    case 'openai':
      return `OpenAI (${model}) answered ${time}`;
    case 'builtin':
      return `The built-in model (${model}) answered ${time}`;
    case 'none':
    case 'person':
      return 'No model could answer; a ticket would become a Task';
  }
}
