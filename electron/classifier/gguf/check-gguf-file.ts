import { stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { readGgufHeader } from './read-gguf-header.ts';

/**
 * Looks at a file before llama.cpp does: cheaply, in words that a person understands, and without the risk that
 * a damaged header ends the process. `memory`: bytes of this computer's, its GPU's included.
 * @throws AppError `model_failed`
 */
export async function checkGgufFile(path: string, memory = totalmem()): Promise<void> {
  const { problem, values } = await readGgufHeader(path);
  if (problem !== null) throw modelFailed(path, problem);
  const architecture = String(values.get('general.architecture'));
  if (encoders.test(architecture)) throw modelFailed(path, `it can only make embeddings (${architecture}), not answer`);
  const { size } = await stat(path);
  if (size > memory)
    throw modelFailed(
      path,
      `its ${inGigabytes(size)} do not fit into this computer's ${inGigabytes(memory)} of memory`,
    );
}

/** Architectures that read a text and cannot go on with it. https://github.com/ggml-org/llama.cpp/blob/master/src/llama-arch.cpp */
const encoders = /bert|^t5encoder$|^gemma-embedding$/;

/** Writes bytes in decimal gigabytes, to one place, as disks and models are sold. */
export function inGigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** Makes `model_failed`. `reason`: the end of a sentence, without a full stop. The message names the file, not its folder. */
export function modelFailed(path: string, reason: string, cause?: unknown): AppError {
  const message = `The model ${basename(path)} cannot be used: ${reason}. Choose another GGUF file, or download it again.`;
  return new AppError('model_failed', message, { cause });
}
