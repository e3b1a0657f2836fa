import { beginningOf } from '../../../shared/beginning.ts';
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

/** What llama.cpp and the system say where the computer has no room for a model. */
const computersOwn =
  /unable to allocate|failed to allocate|out of (device )?memory|cannot allocate memory|too many open/i;

/** llama.cpp itself could not be started on this computer, which is no fault of a file. */
export function runtimeFailed(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const why =
    thrown instanceof Error && thrown.constructor.name === 'NoBinaryFoundError'
      ? 'it has no program for this processor and system, or a library or the right to read it is missing'
      : beginningOf(said).split('\n', 1).join('').replace(/\.$/, '');
  return new AppError('model_failed', notStarted(why), { cause: thrown });
}

/** The process of the model ended before llama.cpp stood, so before it saw a file. */
export function runtimeCrashed(code: number | null): AppError {
  return new AppError('model_failed', notStarted(`its process ${howEnded(code)}`), { cause: crash });
}

function notStarted(why: string): string {
  return `llama.cpp cannot be started on this computer, so no GGUF can be used (${why}). No file is to blame. Install the program again, in a checkout with npm ci; docs/troubleshooting.md says more.`;
}

/** How a process ended, after "its process". */
export function howEnded(code: number | null): string {
  return code === null ? 'was ended' : `ended with code ${code}`;
}

/** node-llama-cpp's errors in words; llama.cpp's own first error line says most where loading failed. */
export function toModelFailure(path: string, thrown: unknown, log = ''): AppError {
  if (thrown instanceof AppError) return thrown;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const names = thrown instanceof Error ? [thrown.constructor.name, thrown.name] : [];
  const reason = (log.replace(/^\w+: (error loading model: )?/, '') || said).replace(/\.$/, '');
  if (names.includes('InsufficientMemoryError') || computersOwn.test(`${log} ${said}`)) {
    const message = `This computer has not enough free memory, or open files, for the model ${path} (${reason}). The file is not to blame. Close other programs, or choose a smaller GGUF file.`;
    return new AppError('model_failed', message, { cause: thrown });
  }
  if (/not within the file bounds|failed to read/.test(log)) {
    return modelFailed(path, 'it is incomplete or damaged', thrown);
  }
  return modelFailed(path, reason, thrown);
}
