import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelDownloader } from 'node-llama-cpp';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { CallContext } from '../classifier/gguf/host-calls.ts';
import { llamaLibrary } from '../classifier/gguf/llama-library.ts';
import { createRoomWatch, freeBytesOf } from './room-on-disk.ts';
import { createWatchedFetch } from './watched-fetch.ts';

/** How a download goes on, told at most twice a second. */
export interface DownloadProgress {
  /** What the server has; null until it has said so. */
  found: { name: string; doneBytes: number; totalBytes: number; bytesPerSecond: number } | null;
  /** Why nothing comes just now; it is tried again. */
  trouble: string | null;
}

/** What came: the file to be loaded first, all files, and the digest of a model that is one file. */
export const downloadedSchema = z.object({
  path: z.string(),
  files: z.array(z.string()),
  bytes: z.number(),
  sha256: z.string().nullable(),
  /** The digest that the server named; null where it named none. */
  namedSha256: z.string().nullable(),
});
export type Downloaded = z.infer<typeof downloadedSchema>;

const tellEveryMs = 500;

/**
 * Downloads a model into `folder`, which is its alone, going on where an earlier call stopped. Runs in a process of its
 * own: it replaces that process's `fetch`, since the library's downloader takes neither a proxy nor a signal.
 *
 * args: `uri`, `folder`, the total that an earlier call found (null: none), and whose hub is asked for `hf:` addresses
 * (null: Hugging Face). Rejects with AppError, and with anything where the signal was aborted.
 */
export async function downloadModel(args: unknown[], { signal, tell }: CallContext): Promise<Downloaded> {
  const [uri, folder, formerBytes, hub] = args as [string, string, number | null, string | null];
  const { createModelDownloader } = await llamaLibrary();
  const watched = createWatchedFetch(createRoomWatch(() => freeBytesOf(folder)));
  globalThis.fetch = watched.fetch;

  let downloader: ModelDownloader | null = null;
  let told = 0;
  const progress = () => {
    if (performance.now() - told < tellEveryMs) return;
    told = performance.now();
    const trouble = watched.trouble();
    // Until the server has answered there is nothing else to tell.
    if (downloader === null) return tell({ found: null, trouble } satisfies DownloadProgress);
    const { entrypointFilename: name, downloadedSize: doneBytes, totalSize: totalBytes, averageSpeed } = downloader;
    tell({ found: { name, doneBytes, totalBytes, bytesPerSecond: averageSpeed }, trouble } satisfies DownloadProgress);
  };
  const make = () =>
    createModelDownloader({
      modelUri: uri,
      dirPath: folder,
      deleteTempFileOnCancel: false,
      onProgress: progress,
      // Else the library takes a token of Hugging Face's out of the environment or its own file, which nobody gave us.
      // @ts-expect-error its types forget null, which it takes for none at all.
      tokens: { huggingFace: null },
      ...(hub === null ? {} : { endpoints: { huggingFace: hub } }),
    });
  // Also where nothing comes, so that it is said why.
  const beat = setInterval(progress, tellEveryMs);
  try {
    downloader = await orAborted(make(), signal);
    if (formerBytes !== null && downloader.totalSize !== formerBytes) {
      // Another file lies at this address now: what came of the former one does not fit.
      await rm(folder, { recursive: true, force: true });
      downloader = await orAborted(make(), signal);
    }
    progress();
    const path = await orCancelled(downloader, signal);
    const files = (await readdir(folder)).filter((name) => !name.endsWith('.ipull')).map((name) => join(folder, name));
    const { totalSize } = downloader;
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    if (totalSize > 0 && bytes !== totalSize) {
      throw new AppError('bad_response', `The download ended early: ${bytes} of ${totalSize} bytes came.`);
    }
    return {
      path,
      files,
      bytes,
      sha256: files.length === 1 ? await digest(path) : null,
      namedSha256: watched.sha256(),
    };
  } catch (thrown) {
    throw watched.refusal() ?? toDownloadError(thrown);
  } finally {
    clearInterval(beat);
  }
}

/**
 * The library's own signal would wait for a server that does not answer. Cancelling waits for what is being written:
 * the library notes pieces as complete before they are.
 */
async function orCancelled(downloader: ModelDownloader, signal: AbortSignal): Promise<string> {
  try {
    const path = await orAborted(downloader.download(), signal);
    signal.throwIfAborted();
    return path;
  } finally {
    if (signal.aborted) await downloader.cancel();
  }
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
  ]);
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk);
  return hash.digest('hex');
}

function toDownloadError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  if (/ENOSPC/.test(said))
    return new AppError('storage_failed', 'The disk is full. Free some space, then resume.', { cause: thrown });
  if (/Cannot get quantization/.test(said)) {
    return new AppError('not_found', `${said}. Look the name up on huggingface.co.`, { cause: thrown });
  }
  return new AppError('bad_response', `The download failed: ${said}`, { cause: thrown });
}
