import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** How long the event loop may be held while a header is read, in milliseconds. */
const sliceMs = 5;

interface HeaderReader {
  ensureHasByteRange(offset: unknown, length: number): Promise<void> | undefined;
}

let installed: Promise<void> | null = null;

/**
 * Makes node-llama-cpp (3.22) give way to the event loop while it reads a GGUF's header. It parses the whole
 * vocabulary in JavaScript without a pause, 140 to 230 ms for Gemma's 262,144 tokens, during which nobody's
 * command could be acknowledged; no option leaves the vocabulary out. Its readers may answer with a promise, so
 * from time to time this one does. Where another version has another layout, loading works as before.
 */
export function letHeaderReaderYield(): Promise<void> {
  installed ??= install();
  return installed;
}

async function install(): Promise<void> {
  try {
    const entry = pathToFileURL(createRequire(import.meta.url).resolve('node-llama-cpp'));
    const address = new URL('./gguf/fileReaders/GgufFsFileReader.js', entry);
    const library: { GgufFsFileReader: { prototype: HeaderReader } } = await import(/* @vite-ignore */ address.href);
    makeYielding(library.GgufFsFileReader.prototype);
  } catch {
    // Another layout of the library: it blocks the loop for a moment, as it would without this.
  }
}

/** Exported for tests. */
export function makeYielding(reader: HeaderReader): void {
  const ensureHasByteRange = reader.ensureHasByteRange;
  if (typeof ensureHasByteRange !== 'function') return;
  let calls = 0;
  let since = performance.now();
  reader.ensureHasByteRange = function (this: HeaderReader, offset, length) {
    const ready = ensureHasByteRange.call(this, offset, length);
    calls += 1;
    // Asking for the time on every call would cost more than the call.
    if (ready !== undefined || calls % 64 !== 0 || performance.now() - since < sliceMs) return ready;
    return new Promise((resolve) =>
      setImmediate(() => {
        since = performance.now();
        resolve();
      }),
    );
  };
}
