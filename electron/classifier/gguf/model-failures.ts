import { AppError } from '../../../shared/errors.ts';
import { modelFailed } from './check-gguf-file.ts';

/** The cause of an error that says that the process which held the model, or loaded it, ended by itself. */
export const crash = new Error('The process of the model ended.');

export function isCrash(thrown: unknown): thrown is Error {
  return thrown instanceof Error && thrown.cause === crash;
}

export function restarting(file: string): AppError {
  return new AppError('unavailable', `The model ${file} crashed and is just being loaded again.`);
}

export function busy(file: string, limitMs: number): AppError {
  return new AppError(
    'unavailable',
    `The model ${file} was busy for ${limitMs / 1000} s, so it did not take this one.`,
  );
}

export function full(file: string, tickets: number): AppError {
  return new AppError('unavailable', `The model ${file} has ${tickets} tickets waiting, so it did not take this one.`);
}

export function stillLoading(file: string, limitMs: number): AppError {
  return new AppError('unavailable', `The model ${file} is still loading after ${limitMs / 1000} s.`);
}

export function tooSlow(file: string, limitMs: number): AppError {
  const message = `The model ${file} is too slow: no answer within ${limitMs / 1000} s. Choose a smaller GGUF file.`;
  return new AppError('model_failed', message);
}

/** node-llama-cpp's errors in words; llama.cpp's own first error line says most where loading failed. */
export function toModelFailure(path: string, thrown: unknown, log = ''): AppError {
  if (thrown instanceof AppError) return thrown;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const names = thrown instanceof Error ? [thrown.constructor.name, thrown.name] : [];
  if (names.includes('InsufficientMemoryError'))
    return modelFailed(path, 'there is not enough free memory for it', thrown);
  if (names.includes('NoBinaryFoundError')) {
    return new AppError('model_failed', 'llama.cpp does not run on this machine, so no GGUF can be used.', {
      cause: thrown,
    });
  }
  if (/not within the file bounds|failed to read/.test(log)) {
    return modelFailed(path, 'it is incomplete or damaged', thrown);
  }
  const reason = log.replace(/^\w+: (error loading model: )?/, '') || said;
  return modelFailed(path, reason.replace(/\.$/, ''), thrown);
}
