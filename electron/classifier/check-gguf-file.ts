import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { readGgufHeader } from './read-gguf-header.ts';

/**
 * Looks at a file before llama.cpp does: cheaply, in words that a person understands, and without the risk that
 * a damaged header ends the process.
 * @throws AppError `model_failed`
 */
export async function checkGgufFile(path: string): Promise<void> {
  const { problem } = await readGgufHeader(path);
  if (problem !== null) throw modelFailed(path, problem);
}

/** `reason`: the end of a sentence, without a full stop. The message names the file, not its folder. */
export function modelFailed(path: string, reason: string, cause?: unknown): AppError {
  const message = `The model ${basename(path)} cannot be used: ${reason}. Choose another GGUF file, or download it again.`;
  return new AppError('model_failed', message, { cause });
}
