import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { ggufProblem, headerLimit } from './gguf-header.ts';

/**
 * Looks at a file before llama.cpp does: cheaply, in words that a person understands, and without the risk that
 * a damaged header ends the process.
 * @throws AppError `model_failed`
 */
export async function checkGgufFile(path: string): Promise<void> {
  const problem = await problemOf(path);
  if (problem !== null) throw modelFailed(path, problem);
}

async function problemOf(path: string): Promise<string | null> {
  try {
    const file = await open(path, 'r');
    try {
      const stats = await file.stat();
      if (!stats.isFile()) return 'it is not a file';
      const head = Buffer.allocUnsafe(Math.min(stats.size, headerLimit));
      const { bytesRead } = await file.read(head, 0, head.length, 0);
      return ggufProblem(head.subarray(0, bytesRead), stats.size);
    } finally {
      await file.close();
    }
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
    if (code === 'EACCES' || code === 'EPERM') return 'this user may not read it';
    return `it cannot be read (${thrown instanceof Error ? thrown.message : String(thrown)})`;
  }
}

/** `reason`: the end of a sentence, without a full stop. The message names the file, not its folder. */
export function modelFailed(path: string, reason: string, cause?: unknown): AppError {
  const message = `The model ${basename(path)} cannot be used: ${reason}. Choose another GGUF file, or download it again.`;
  return new AppError('model_failed', message, { cause });
}
