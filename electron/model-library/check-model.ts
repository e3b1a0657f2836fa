import { AppError, toAppError } from '../../shared/errors.ts';
import { modelFailed } from '../classifier/gguf/check-gguf-file.ts';
import type { ModelFiles } from './model-files.ts';

/**
 * Judges a file before a process begins to load it, which would wait for a share that hangs. Throws `model_failed`, and
 * `unavailable` where the file does not answer: the model that a person means may be sound, so nothing of a ticket is sent
 * away in its place.
 */
export function modelCheck(files: Pick<ModelFiles, 'look'>): (path: string) => Promise<void> {
  return async (path) => {
    const { problem } = await files.look(path).catch((thrown) => {
      const { message } = toAppError(thrown);
      throw new AppError('unavailable', `The model cannot be used: ${message}`, { cause: thrown });
    });
    if (problem !== null) throw modelFailed(path, problem);
  };
}
