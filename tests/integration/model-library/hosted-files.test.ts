import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { HostProcess } from '../../../electron/classifier/gguf/host-calls.ts';
import { createHostedFiles } from '../../../electron/model-library/hosted-files.ts';
import { createModelFiles } from '../../../electron/model-library/model-files.ts';
import { writeTinyGguf } from '../../../tools/tiny-gguf.ts';
import { createNodeHosts } from '../../fakes/node-host.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

function hostedFiles(options: { limitMs?: number; slowMs?: number; idleMs?: number } = {}) {
  const { startHost, hosts } = createNodeHosts();
  const files = createHostedFiles({ startHost, ...options });
  onTestFinished(files.stop);
  return { files, hosts };
}

/** Processes that answer every question about a path but those with `hung` in it. */
function fakeHosts() {
  const hosts: { isKilled: boolean }[] = [];
  function startHost(): HostProcess {
    const host = { isKilled: false };
    hosts.push(host);
    let answer: (message: unknown) => void = () => {};
    let exit: (code: number | null) => void = () => {};
    return {
      post(message) {
        const { id, args } = message as { id: number; args: string[] };
        if (!args[0]?.includes('hung')) queueMicrotask(() => answer({ id, value: [`a.gguf`] }));
      },
      onMessage: (listener) => {
        answer = listener;
      },
      onExit: (listener) => {
        exit = listener;
      },
      kill() {
        host.isKilled = true;
        exit(null);
      },
    };
  }
  return { startHost, hosts };
}

it('answers as this process would, all from one process', async () => {
  const folder = aTemporaryFolder();
  const at = (name: string) => join(folder, name);
  writeTinyGguf(at('a.gguf'));
  mkdirSync(at('b'));
  execFileSync('mkfifo', [at('pipe.gguf')]);
  const { files, hosts } = hostedFiles();
  const here = createModelFiles();
  expect(await files.names(folder)).toEqual(await here.names(folder));
  expect(await files.look(at('a.gguf'))).toEqual(await here.look(at('a.gguf')));
  expect((await files.look(at('pipe.gguf'))).problem).toBe('it is a pipe, not a file');
  expect(await files.key(at('a.gguf'), 'x')).toBe(await here.key(at('a.gguf'), 'x'));
  expect([await files.isFolder(at('b')), await files.isThere(at('c'))]).toEqual([true, false]);
  await expect(files.key(at('pipe.gguf'), 'x')).rejects.toThrow('is no file');
  await files.remove([at('a.gguf')]);
  expect(await files.names(folder)).toEqual(['pipe.gguf']);
  expect(hosts).toHaveLength(1);
});

it('places a file of ours where a person wants it, whatever was beside it', async () => {
  const folder = aTemporaryFolder();
  const [from, to] = [join(folder, 'from'), join(folder, 'to.csv')];
  writeFileSync(from, 'tickets');
  execFileSync('mkfifo', [`${to}.part`]);
  const { files } = hostedFiles();
  await files.place(from, to, 0o640);
  expect([readFileSync(to, 'utf8'), statSync(to).mode & 0o777]).toEqual(['tickets', 0o640]);
  await expect(files.place(from, join(folder, 'missing', 'to.csv'), 0o600)).rejects.toThrow('ENOENT');
});

it('accepts a download as this process would: marks, codes and words cross the line', async () => {
  const folder = aTemporaryFolder();
  const { files } = hostedFiles();
  const arrival = (name: string, sha256: string | null, content?: string) => {
    const place = join(folder, '.downloads', name);
    mkdirSync(place, { recursive: true });
    const path = join(place, 'a.gguf');
    if (content === undefined) writeTinyGguf(path);
    else writeFileSync(path, content);
    return { downloaded: { path, files: [path], bytes: 1, sha256: 'a', namedSha256: null }, sha256, place };
  };
  expect(await files.accept(folder, arrival('other', 'b'))).toBeNull();
  await expect(files.accept(folder, arrival('page', 'a', '<html>'))).rejects.toMatchObject({ code: 'bad_response' });
  const accepted = { path: join(folder, 'a.gguf'), checked: expect.stringContaining('SHA-256') };
  expect(await files.accept(folder, arrival('good', 'a'))).toEqual(accepted);
  await expect(files.accept(folder, arrival('again', 'a'))).rejects.toMatchObject({ code: 'invalid_input' });
});

it('gives up a download that is to lie on a share that hangs', async () => {
  const { startHost, hosts } = fakeHosts();
  const files = createHostedFiles({ startHost, slowMs: 20 });
  onTestFinished(files.stop);
  const downloaded = { path: '/x', files: [], bytes: 1, sha256: null, namedSha256: null };
  await expect(files.accept('/hung', { downloaded, sha256: null, place: '/hung/x' })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('/hung does not answer'),
  });
  expect(hosts).toEqual([{ isKilled: true }]);
});

it('ends the process that gets no answer, names the path, and goes on with another', async () => {
  const { startHost, hosts } = fakeHosts();
  const files = createHostedFiles({ startHost, limitMs: 20 });
  onTestFinished(files.stop);
  const refused = { code: 'unavailable', message: '/hung does not answer (waited 0.02 s). Is the share mounted?' };
  const [hung, other] = await Promise.allSettled([files.names('/hung'), files.names('/sound')]);
  expect([hung, other]).toMatchObject([{ reason: refused }, { value: ['a.gguf'] }]);
  await vi.waitFor(() => expect(hosts.map(({ isKilled }) => isKilled)).toEqual([true, false]));
  // At once, without a process.
  await expect(files.names('/hung')).rejects.toMatchObject(refused);
  expect(await files.names('/sound')).toEqual(['a.gguf']);
  expect(hosts).toHaveLength(2);
  // Settings take a file that does not answer for one that is there: whoever opens it says what is wrong.
  expect(await files.isThere('/hung')).toBe(true);
});

it('starts nothing any more once it is stopped', async () => {
  const { startHost, hosts } = fakeHosts();
  const files = createHostedFiles({ startHost });
  const pending = files.names('/hung');
  files.stop();
  await expect(pending).rejects.toMatchObject({ code: 'unavailable' });
  await expect(files.names('/sound')).rejects.toMatchObject({ code: 'unavailable' });
  expect(hosts).toEqual([{ isKilled: true }]);
});

it('ends its process when nobody has asked for a while', async () => {
  const { startHost, hosts } = fakeHosts();
  const files = createHostedFiles({ startHost, idleMs: 5 });
  await files.names('/sound');
  await vi.waitFor(() => expect(hosts).toEqual([{ isKilled: true }]));
});
