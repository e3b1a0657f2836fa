import { AppError, toAppError } from '../../shared/errors.ts';
import { modelFailed } from '../classifier/gguf/check-gguf-file.ts';
import type { ModelFiles } from './model-files.ts';

/** Judges a file before a process begins to load it, which would wait for a share that hangs. Throws `model_failed`. */
export function modelCheck(files: Pick<ModelFiles, 'look'>): (path: string) => Promise<void> {
  return async (path) => {
    const { problem } = await files.look(path).catch((thrown) => {
      const { message } = toAppError(thrown);
      throw new AppError('model_failed', `The model cannot be used: ${message}`, { cause: thrown });
    });
    if (problem !== null) throw modelFailed(path, problem);
  };
}
