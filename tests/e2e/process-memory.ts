import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** `kind`: as Chromium calls it, `main` for the first one. */
export interface ProgramProcess {
  pid: number;
  kind: string;
}

/** All processes whose executable lies in this folder. Linux only. */
export function processesIn(folder: string): ProgramProcess[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const executable = readlinkSync(join('/proc', name, 'exe'));
      if (!executable.startsWith(`${folder}/`)) return [];
      const type = /--type=([\w-]+)/.exec(readFileSync(join('/proc', name, 'cmdline'), 'utf8'))?.[1];
      return [{ pid: Number(name), kind: executable.includes('crashpad') ? 'crashpad-handler' : (type ?? 'main') }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

const chunkBytes = 16 * 1024 * 1024;

/** Which of these texts a process has in its environment, or anywhere in its memory. Throws where that cannot be read. */
export function heldBy(pid: number, texts: readonly string[]): string[] {
  const environment = readFileSync(`/proc/${pid}/environ`);
  const held = new Set(texts.filter((text) => environment.includes(text)));
  const longest = Math.max(...texts.map((text) => Buffer.byteLength(text)));
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const [start, end] of rangesOf(pid)) {
      for (const part of partsOf(memory, [start, end], longest)) {
        for (const text of texts) if (!held.has(text) && part.includes(text)) held.add(text);
      }
    }
    return [...held];
  } finally {
    closeSync(memory);
  }
}

function rangesOf(pid: number): [number, number][] {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap((line): [number, number][] => {
      const [, start = '', end = ''] = /^([0-9a-f]+)-([0-9a-f]+) r/.exec(line) ?? [];
      const range: [number, number] = [Number.parseInt(start, 16), Number.parseInt(end, 16)];
      // The kernel's own page at the very end has no number of JavaScript's.
      return Number.isSafeInteger(range[0]) && Number.isSafeInteger(range[1]) ? [range] : [];
    });
}

/** The bytes of a range, in parts that overlap by what a text could be cut at. Pages that cannot be read hold nothing. */
function* partsOf(memory: number, [start, end]: [number, number], overlap: number): Generator<Buffer> {
  const buffer = Buffer.alloc(Math.min(chunkBytes, end - start));
  for (let at = start; at < end; ) {
    let read = 0;
    try {
      read = readSync(memory, buffer, 0, Math.min(buffer.length, end - at), at);
    } catch {
      return;
    }
    if (read === 0) return;
    yield buffer.subarray(0, read);
    if (at + read >= end) return;
    at += Math.max(read - overlap, 1);
  }
}
