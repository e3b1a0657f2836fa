import type { GgufFacts } from '../../shared/model-view.ts';
import type { GgufHeader } from '../classifier/gguf/gguf-header.ts';

/** What a person wants to know of a model. `elements`: those of all its files' tensors. */
export function ggufFacts(values: GgufHeader['values'], elements: number | null): GgufFacts {
  const text = (key: string) => plainText(values.get(key));
  const count = (key: string) => safeCount(values.get(key));
  const architecture = text('general.architecture');
  const licence = text('general.license');
  return {
    name: text('general.name'),
    architecture,
    quantisation: fileTypes[count('general.file_type') ?? -1] ?? null,
    parameters: safeCount(elements) ?? count('general.parameter_count'),
    contextLength: count(`${architecture}.context_length`),
    hasChatTemplate: values.has('tokenizer.chat_template'),
    licence: licence === 'other' ? (text('general.license.name') ?? licence) : licence,
  };
}

/** One line without control characters: anybody can have written it. */
function plainText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return value.replace(/[\p{C}\s]+/gu, ' ').trim() || null;
}

function safeCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** llama.cpp's `llama_ftype`. https://github.com/ggml-org/llama.cpp/blob/master/include/llama.h */
const fileTypes: Record<number, string> = {
  0: 'F32',
  1: 'F16',
  2: 'Q4_0',
  3: 'Q4_1',
  7: 'Q8_0',
  8: 'Q5_0',
  9: 'Q5_1',
  10: 'Q2_K',
  11: 'Q3_K_S',
  12: 'Q3_K_M',
  13: 'Q3_K_L',
  14: 'Q4_K_S',
  15: 'Q4_K_M',
  16: 'Q5_K_S',
  17: 'Q5_K_M',
  18: 'Q6_K',
  19: 'IQ2_XXS',
  20: 'IQ2_XS',
  21: 'Q2_K_S',
  22: 'IQ3_XS',
  23: 'IQ3_XXS',
  24: 'IQ1_S',
  25: 'IQ4_NL',
  26: 'IQ3_S',
  27: 'IQ3_M',
  28: 'IQ2_S',
  29: 'IQ2_M',
  30: 'IQ4_XS',
  31: 'IQ1_M',
  32: 'BF16',
  36: 'TQ1_0',
  37: 'TQ2_0',
  38: 'MXFP4_MOE',
  39: 'NVFP4',
  40: 'Q1_0',
  41: 'Q2_0',
};
