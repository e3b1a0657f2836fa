import { totalmem } from 'node:os';
import { AppError } from '../../../shared/errors.ts';
import { judgeModel } from './judge-model.ts';

/**
 * Looks at a file before llama.cpp does: cheaply, in words that a person understands, and without the risk that
 * a damaged header ends the process. `memory`: bytes of this computer's, its GPU's included.
 * @throws AppError `model_failed`
 */
export async function checkGgufFile(path: string, memory = totalmem()): Promise<void> {
  const { problem, bytes } = await judgeModel(path);
  if (problem !== null) throw modelFailed(path, problem);
  if (bytes > memory)
    throw modelFailed(
      path,
      `its ${inGigabytes(bytes)} do not fit into this computer's ${inGigabytes(memory)} of memory`,
    );
}

/** Writes bytes in decimal gigabytes, to one place, as disks and models are sold. */
export function inGigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** Makes `model_failed`. `reason`: the end of a sentence, without a full stop. */
export function modelFailed(path: string, reason: string, cause?: unknown): AppError {
  const message = `The model ${path} cannot be used: ${reason}. Choose another GGUF file, or download it again.`;
  return new AppError('model_failed', message, { cause });
}
