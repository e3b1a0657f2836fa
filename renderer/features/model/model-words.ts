import type { GgufFile, ModelView } from '../../../shared/model-view.ts';
import type { Classification } from '../../../shared/ticket.ts';
import { fileSize, shortCount } from '../../components/figures.ts';
import type { OpenAiConsent } from './openai-consent.ts';

/** Who answers now, in a few words; `answering.why` says which one, and why. */
export function headline({ answering, state }: ModelView): string {
  switch (answering.source) {
    case 'gguf':
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
  const { architecture, quantisation, parameters, contextLength, licence } = facts;
  const isNamed = facts.name !== null && !name.toLowerCase().includes(facts.name.toLowerCase());
  return [
    isNamed ? facts.name : null,
    architecture,
    quantisation,
    parameters === null ? null : `${shortCount(parameters)} parameters`,
    fileSize(bytes),
    contextLength === null ? null : `${contextLength.toLocaleString()} tokens of context`,
    licence === null ? 'licence not named' : `licence ${licence}`,
  ].filter((fact) => fact !== null);
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
      return 'No model could answer; a ticket would become a Task';
  }
}
