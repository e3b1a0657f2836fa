import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { StartHost } from '../../../electron/classifier/gguf/host-calls.ts';
import { createDownloads, type DownloadsDeps } from '../../../electron/model-library/downloads.ts';
import { modelNames } from '../../../electron/model-library/find-model.ts';
import { createModelFiles } from '../../../electron/model-library/model-files.ts';
import { type Download, downloadsViewSchema } from '../../../shared/downloads.ts';
import { AppError } from '../../../shared/errors.ts';
import { tinyGguf } from '../../../tools/tiny-gguf.ts';
import { createNodeHosts } from '../../fakes/node-host.ts';
import { mountSmallDisk } from '../../fixtures/small-disk.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { type Faults, startModelServer } from './model-server.ts';

const tiny = tinyGguf();
/** Its weights are longer than its header says, which a header may leave open: large enough for several ranges. */
const large = Buffer.concat([tiny, randomBytes(24_000_000)]);
const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let root: string;
beforeEach(() => {
  root = aTemporaryFolder();
});

async function aServer(body: Buffer, faults: Faults = {}) {
  const server = await startModelServer(body, faults);
  onTestFinished(server.close);
  return server;
}

/** The program's downloads; made twice on one folder, they are those of a program that was started again. */
function downloadsHere(change: Partial<DownloadsDeps> = {}, env: Record<string, string> = {}) {
  const folder = join(root, 'models');
  const done: string[] = [];
  const { startHost, hosts } = createNodeHosts({ XDG_CACHE_HOME: root, ...env });
  const downloads = createDownloads({
    folder,
    recordFile: join(root, 'downloads.json'),
    startHost,
    freeBytes: async () => 100e9,
    onChange() {},
    onDone: (path) => done.push(path),
    ...change,
  });
  onTestFinished(downloads.stop);
  const only = async (): Promise<Download> => {
    const [first, ...more] = downloadsViewSchema.parse(await downloads.read()).downloads;
    if (first === undefined || more.length > 0) throw new Error(`expected one download, not ${more.length + 1}`);
    return first;
  };
  /** The only download, once it is as expected. */
  const until = (expected: Partial<Record<keyof Download, unknown>>) =>
    vi.waitFor(async () => {
      const download = await only();
      expect(download, JSON.stringify(download)).toMatchObject(expected);
      return download;
    });
  return { ...downloads, folder, done, hosts, only, until, offered: () => modelNames(folder, createModelFiles()) };
}

/** A process whose download has come when it is asked for, so that nothing is told meanwhile. */
const hostThatHasItAtOnce: StartHost = () => {
  let answer: (message: unknown) => void = () => {};
  let end: (code: number | null) => void = () => {};
  return {
    post(message) {
      const { id, args } = message as { id: number; args: [string, string] };
      const path = join(args[1], 'tiny.gguf');
      writeFileSync(path, tiny);
      answer({ id, value: { path, files: [path], bytes: tiny.length, sha256: digestOf(tiny), namedSha256: null } });
    },
    onMessage(listener) {
      answer = listener;
    },
    onExit(listener) {
      end = listener;
    },
    kill: () => end(null),
  };
};

/** Processes of which the first writes a piece; then they wait. One that was killed has ended once all are let go. */
function slowHosts() {
  const program = { canStart: true };
  let started = 0;
  let letGo = () => {};
  const areLetGo = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const startHost: StartHost = () => {
    if (!program.canStart) throw new Error('no process can be started');
    started += 1;
    let answer: (message: unknown) => void = () => {};
    let end: (code: number | null) => void = () => {};
    return {
      post(message) {
        const { id, args } = message as { id: number; args?: [string, string] };
        if (args === undefined) answer({ id, error: { name: 'Error', message: 'aborted', code: null } });
        else if (started === 1) writeFileSync(join(args[1], 'tiny.gguf.ipull'), 'the first piece');
      },
      onMessage(listener) {
        answer = listener;
      },
      onExit(listener) {
        end = listener;
      },
      kill: () => void areLetGo.then(() => end(null)),
    };
  };
  return { startHost, program, letGo, started: () => started };
}

/** A download that runs in such a process. */
async function slowDownload() {
  const slow = slowHosts();
  const here = downloadsHere({ startHost: slow.startHost });
  onTestFinished(slow.letGo);
  here.start('https://models.example/tiny.gguf', null);
  await vi.waitFor(() => expect(slow.started()).toBe(1));
  const { id } = await here.only();
  return { ...slow, ...here, id };
}

it('every model of the short list has the SHA-256 that its hub names', async () => {
  const { curated } = downloadsViewSchema.parse(await downloadsHere().read());
  expect(curated.filter(({ sha256 }) => sha256 === null)).toEqual([]);
  expect(new Set(curated.map(({ sha256 }) => sha256)).size).toBe(curated.length);
});

describe('a download', () => {
  it('is offered once it is complete, with the digest that was given', async () => {
    const server = await aServer(tiny);
    const here = downloadsHere();
    here.start(`${server.url}tiny.gguf`, digestOf(tiny));
    await here.until({ state: 'done', name: 'tiny.gguf', message: 'Checked, with the SHA-256 that was given.' });
    expect(readFileSync(join(here.folder, 'tiny.gguf')).equals(tiny)).toBe(true);
    expect(here.done).toEqual([join(here.folder, 'tiny.gguf')]);
    expect(existsSync(join(here.folder, '.downloads'))).toBe(false);
    expect(readFileSync(join(root, 'downloads.json'), 'utf8').trim()).toBe('[]');
  });

  it('stops in words where the models folder does not answer, and is there when it is resumed', async () => {
    const server = await aServer(tiny);
    const own = createModelFiles();
    const silent = new AppError('unavailable', 'DATA/models does not answer (waited 60 s). Is the share mounted?');
    const accept = vi.fn(own.accept).mockRejectedValueOnce(silent);
    const here = downloadsHere({ files: { ...own, accept } });
    here.start(`${server.url}tiny.gguf`, digestOf(tiny));
    const { id } = await here.until({ state: 'failed', message: silent.message });
    await here.resume(id);
    await here.until({ state: 'done' });
    expect(await here.offered()).toEqual(['tiny.gguf']);
  });

  it('has its name in the list also where it came before it could be told of', async () => {
    const here = downloadsHere({ startHost: hostThatHasItAtOnce });
    here.start('https://models.example/tiny.gguf', null);
    const { name } = await here.until({ state: 'done' });
    expect(name).toBe('tiny.gguf');
  });

  it('comes from a hub by its short address, and is held against the digest that the hub names', async () => {
    const server = await aServer(tiny, { headers: { 'x-linked-etag': `"${digestOf(tiny)}"` } });
    const here = downloadsHere({ hub: server.url });
    here.start('hf:someone/tiny-GGUF:Q4_K_M', null);
    await here.until({ state: 'done', message: 'Checked, with the SHA-256 that the server names.' });
    expect(await here.offered()).toHaveLength(1);
  });

  it('takes no token of Hugging Face’s out of the environment along', async () => {
    const server = await aServer(tiny, { status: 401 });
    const here = downloadsHere({ hub: server.url }, { HF_TOKEN: 'hf-secret' });
    here.start('hf:someone/tiny-GGUF:Q4_K_M', null);
    await here.until({ state: 'failed' });
    expect([server.requests.length > 0, server.logins]).toEqual([true, []]);
  });

  it('says where nobody named a digest', async () => {
    const server = await aServer(tiny);
    const here = downloadsHere();
    here.start(`${server.url}tiny.gguf`, null);
    const { message } = await here.until({ state: 'done' });
    expect(message).toContain('Nobody named a SHA-256');
  });

  it('survives connections that are cut', async () => {
    const server = await aServer(large, { cuts: 3 });
    const here = downloadsHere();
    here.start(`${server.url}large.gguf`, digestOf(large));
    await here.until({ state: 'done' });
    expect(readFileSync(join(here.folder, 'large.gguf')).equals(large)).toBe(true);
  });

  it('goes on where it was paused, also when the program was started again, and is not offered before', async () => {
    const server = await aServer(large, { holdFromByte: 20e6 });
    const first = downloadsHere();
    first.start(`${server.url}large.gguf`, digestOf(large));
    await vi.waitFor(async () => expect((await first.only()).doneBytes).toBeGreaterThan(17e6));
    const [{ id } = { id: '' }] = (await first.read()).downloads;
    await first.pause(id);
    expect(await first.only()).toMatchObject({ state: 'paused', name: 'large.gguf', totalBytes: large.length });
    expect(await first.offered()).toEqual([]);

    const before = server.sent();
    const second = downloadsHere();
    expect(await second.only()).toMatchObject({ id, state: 'paused', totalBytes: large.length });
    server.release();
    second.resume(id);
    await second.until({ state: 'done' });
    expect(readFileSync(join(second.folder, 'large.gguf')).equals(large)).toBe(true);
    // Three ranges of 5 MB at a time: those that were complete are not asked for again.
    expect(server.sent() - before).toBeLessThan(large.length - 10e6);
  });

  it('goes on where that is asked for while a pause of it still ends, once', async () => {
    const { pause, resume, stop, letGo, started, until, id } = await slowDownload();
    const asked = [pause(id), resume(id), resume(id)];
    letGo();
    await Promise.all(asked);
    await until({ state: 'running' });
    await vi.waitFor(() => expect(started()).toBe(2));
    await stop();
    expect(started()).toBe(2);
  });

  it.each(['pause', 'discard', 'stop'] as const)('does not go on after a %s that came later', async (last) => {
    const here = await slowDownload();
    const asked = [here.pause(here.id), here.resume(here.id), here[last](here.id)];
    here.letGo();
    await Promise.all(asked);
    expect((await here.read()).downloads.map(({ state }) => state)).toEqual(last === 'discard' ? [] : ['paused']);
    expect(here.started()).toBe(1);
  });

  it('is gone once it is discarded, whoever resumes it meanwhile, and can be begun anew', async () => {
    const here = await slowDownload();
    const asked = [here.discard(here.id), here.resume(here.id)];
    here.start('https://models.example/tiny.gguf', null);
    here.letGo();
    await Promise.all(asked);
    await vi.waitFor(() => expect(here.started()).toBe(2));
    const { id } = await here.only();
    expect(id).not.toBe(here.id);
    await vi.waitFor(() => expect(readdirSync(join(here.folder, '.downloads'))).toContain(id));
    expect(readdirSync(join(here.folder, '.downloads'))).not.toContain(here.id);
    await here.stop();
    expect(here.started()).toBe(2);
  });

  it('keeps what has come where no process could be started to go on', async () => {
    const { pause, resume, letGo, started, program, until, folder, id } = await slowDownload();
    const pausing = pause(id);
    letGo();
    await pausing;
    program.canStart = false;
    await resume(id);
    await until({ state: 'failed' });
    program.canStart = true;
    await resume(id);
    await vi.waitFor(() => expect(started()).toBe(2));
    expect(readdirSync(join(folder, '.downloads', id))).toEqual(['tiny.gguf.ipull']);
  });

  it('goes on where its process was killed', async () => {
    const server = await aServer(large, { holdFromByte: 16e6 });
    const here = downloadsHere();
    here.start(`${server.url}large.gguf`, digestOf(large));
    await vi.waitFor(async () => expect((await here.only()).doneBytes).toBeGreaterThan(12e6));
    here.hosts[0]?.kill();
    const { id } = await here.until({ state: 'failed', message: expect.stringContaining('Resume it') });
    expect(await here.offered()).toEqual([]);
    server.release();
    here.resume(id);
    await here.until({ state: 'done' });
    expect(readFileSync(join(here.folder, 'large.gguf')).equals(large)).toBe(true);
  });

  it.each([
    ['and its digest is known', digestOf(large)],
    ['and nobody has named a digest', null],
  ])('is whole in the end where its process was killed before it had written what it noted, %s', async (_, sha256) => {
    const server = await aServer(large, { holdFromByte: 16e6 });
    const first = downloadsHere();
    first.start(`${server.url}large.gguf`, sha256);
    await vi.waitFor(async () => expect((await first.only()).doneBytes).toBeGreaterThan(12e6));
    const remembered = readFileSync(join(root, 'downloads.json'));
    first.hosts[0]?.kill();
    const { id } = await first.until({ state: 'failed' });
    // As if the program had been killed with it.
    writeFileSync(join(root, 'downloads.json'), remembered);
    const place = join(first.folder, '.downloads', id);
    const [partial = ''] = readdirSync(place);
    const file = openSync(join(place, partial), 'r+');
    writeSync(file, Buffer.alloc(1e6), 0, 1e6, 6e6);
    closeSync(file);
    server.release();
    const second = downloadsHere();
    second.resume(id);
    await second.until({ state: 'done' });
    expect(readFileSync(join(second.folder, 'large.gguf')).equals(large)).toBe(true);
  });

  it('is forgotten, with what has come of it', async () => {
    const server = await aServer(large, { holdFromByte: 16e6 });
    const here = downloadsHere();
    here.start(`${server.url}large.gguf`, null);
    const { id } = await here.until({ name: 'large.gguf' });
    await here.discard(id);
    expect((await here.read()).downloads).toEqual([]);
    expect(existsSync(join(here.folder, '.downloads'))).toBe(false);
  });

  it.each(['..', '../..', '.', '', 'a-model', 'ed13ba6b-6f5d-4fc7-a0cd-0a2b1a2fd9a9'])(
    'is forgotten only where it is known: nothing is deleted for “%s”',
    async (id) => {
      const here = downloadsHere();
      const files = ['tickets.db', 'models/tiny.gguf', 'models/.downloads/a-model/part'].map((file) =>
        join(root, file),
      );
      mkdirSync(join(here.folder, '.downloads', 'a-model'), { recursive: true });
      mkdirSync(join(here.folder, '.downloads', 'ed13ba6b-6f5d-4fc7-a0cd-0a2b1a2fd9a9'));
      for (const file of files) writeFileSync(file, 'mine');
      await here.discard(id);
      expect(files.filter((file) => !existsSync(file))).toEqual([]);
      expect(readdirSync(join(here.folder, '.downloads'))).toHaveLength(2);
    },
  );

  it.each<[string, Buffer, Faults, string | null, RegExp]>([
    ['has another digest', tiny, {}, '0'.repeat(64), /SHA-256 is another one/],
    ['is a web page by its type', Buffer.from('<html>'), { contentType: 'text/html' }, null, /a web page/],
    ['is a web page that says it is a file', Buffer.from('<html>Sign in</html>'), {}, null, /it is a web page/],
    ['is cut short at its source', tiny.subarray(0, 200_000), {}, null, /it is incomplete/],
    ['is not there', tiny, { status: 404 }, null, /has no such file/],
    ['wants a login', tiny, { status: 403 }, null, /wants a login/],
  ])('that %s fails with the reason, and nothing is offered', async (_what, body, faults, sha256, reason) => {
    const server = await aServer(body, faults);
    const here = downloadsHere();
    here.start(`${server.url}model.gguf`, sha256);
    await here.until({ state: 'failed', message: expect.stringMatching(reason) });
    expect(await here.offered()).toEqual([]);
    expect(here.done).toEqual([]);
  });

  it('does not take a digest from a hub that names another file', async () => {
    const server = await aServer(tiny, { headers: { 'x-linked-etag': `"${'1'.repeat(64)}"` } });
    const here = downloadsHere({ hub: server.url });
    here.start('hf:someone/tiny-GGUF:Q4_K_M', null);
    await here.until({ state: 'failed', message: expect.stringContaining('SHA-256 is another one') });
    expect(await here.offered()).toEqual([]);
  });

  it('waits for room on the disk, and goes on when there is some', async () => {
    const server = await aServer(large, { holdFromByte: 16e6 });
    let free = 1e6;
    const here = downloadsHere({ freeBytes: async () => free });
    here.start(`${server.url}large.gguf`, digestOf(large));
    const { id } = await here.until({ state: 'failed', message: expect.stringContaining('not enough room') });
    free = 100e9;
    server.release();
    here.resume(id);
    await here.until({ state: 'done' });
  });

  it('stops where the disk fills up meanwhile', async () => {
    const server = await aServer(large, { holdFromByte: 16e6 });
    let free = 100e9;
    const here = downloadsHere({ freeBytes: async () => free });
    here.start(`${server.url}large.gguf`, null);
    await vi.waitFor(async () => expect((await here.only()).doneBytes).toBeGreaterThan(0));
    free = 1e6;
    await here.until({ state: 'failed', message: expect.stringContaining('not enough room') });
  });

  it('of unknown length ends where the room does, in words, and takes none of it', async ({ skip }) => {
    const server = await aServer(tiny, { isEndless: true });
    const folder = aTemporaryFolder();
    const problem = mountSmallDisk(folder, '280m');
    if (problem !== null) skip(`A small disk can only be mounted by root: ${problem}`);
    const here = downloadsHere({ folder });
    here.start(`${server.url}large.gguf`, null);
    const { doneBytes } = await here.until({ state: 'failed', message: expect.stringContaining('GB left') });
    expect(doneBytes).toBeLessThan(100e6);
    expect(existsSync(join(folder, '.downloads'))).toBe(false);
    const { bavail, bsize } = statfsSync(folder);
    expect(bavail * bsize).toBeGreaterThan(270e6);
  });

  it('of unknown length stops where the disk fills up meanwhile', async () => {
    const server = await aServer(tiny, { isEndless: true, holdFromByte: 16e6 });
    const here = downloadsHere({ freeBytes: async () => 0 });
    here.start(`${server.url}large.gguf`, null);
    await here.until({ state: 'failed', message: expect.stringContaining('0.0 GB left') });
    expect(existsSync(join(here.folder, '.downloads'))).toBe(false);
  });

  it('is checked against the digest that comes with a second attempt', async () => {
    const server = await aServer(tiny, { status: 404 });
    const here = downloadsHere();
    here.start(`${server.url}tiny.gguf`, null);
    await here.until({ state: 'failed' });
    here.start(`${server.url}tiny.gguf`, digestOf(tiny));
    await here.until({ state: 'failed' });
    const records = JSON.parse(readFileSync(join(root, 'downloads.json'), 'utf8'));
    expect(records).toEqual([expect.objectContaining({ sha256: digestOf(tiny) })]);
  });

  it('does not overwrite a model of the same name', async () => {
    const server = await aServer(tiny);
    const here = downloadsHere();
    here.start(`${server.url}tiny.gguf`, null);
    const { id } = await here.until({ state: 'done' });
    await here.discard(id);
    writeFileSync(join(here.folder, 'tiny.gguf'), 'mine');
    here.start(`${server.url}tiny.gguf`, null);
    await here.until({ state: 'failed', message: expect.stringContaining('in the models folder already') });
    expect(readFileSync(join(here.folder, 'tiny.gguf'), 'utf8')).toBe('mine');
  });

  it.each([
    'http://example.com/a.gguf',
    'ftp://127.0.0.1/a',
    '/etc/passwd',
    'hf:only-a-user',
    'https://me:pw@a.b/c.gguf',
  ])('is not begun for %s', (address) => {
    const here = downloadsHere();
    expect(() => here.start(address, null)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });
});
