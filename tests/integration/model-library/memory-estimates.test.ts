import { basename, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { HostProcess } from '../../../electron/classifier/gguf/host-calls.ts';
import { createMemoryEstimates } from '../../../electron/model-library/memory-estimates.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

const estimate = { ram: 1, vram: 0, free: { ram: 1, vram: 0 }, total: { ram: 1, vram: 0 } };

/** Processes that hang over files called `hang`, end over those called `crash`, and reckon any other. */
function fakeHosts() {
  const started: { killed: boolean }[] = [];
  function startHost(): HostProcess {
    const state = { killed: false };
    started.push(state);
    let answer: (message: unknown) => void = () => {};
    let exit: (code: number | null) => void = () => {};
    return {
      post(message) {
        const { id, args } = message as { id: number; args: string[] };
        const name = basename(args[0] ?? '');
        if (name === 'crash') queueMicrotask(() => exit(134));
        else if (name !== 'hang') queueMicrotask(() => answer({ id, value: estimate }));
      },
      onMessage(listener) {
        answer = listener;
      },
      onExit(listener) {
        exit = listener;
      },
      kill() {
        state.killed = true;
        exit(null);
      },
    };
  }
  return { startHost, started };
}

it('goes on with the other files where one holds its process up or ends it', async () => {
  const folder = aTemporaryFolder();
  const paths = ['hang', 'crash', 'sound'].map((name) => join(folder, name));
  const { startHost, started } = fakeHosts();
  const estimates = createMemoryEstimates({ startHost, onNews() {}, limitMs: 20 });
  const known = () => Promise.all(paths.map((path) => estimates.of(path, 'as it is')));
  expect(await known()).toEqual([null, null, null]);
  await vi.waitFor(async () => expect(await known()).toEqual([null, null, estimate]));
  await vi.waitFor(() => expect(started.map(({ killed }) => killed)).toEqual([true, true, true]));
});
