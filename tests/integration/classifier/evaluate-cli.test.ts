import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, it } from 'vitest';
import { writeTinyGguf } from '../../../tools/tiny-gguf.ts';
import { createHungShare } from '../../fixtures/hung-share.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

const script = fileURLToPath(new URL('../../../electron/cli/evaluate.ts', import.meta.url));
const slackTickets = fileURLToPath(new URL('../../fixtures/slack-tickets.jsonl', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = aTemporaryFolder();
});

const evaluate = (...args: string[]) => evaluateIn({}, ...args);

async function evaluateIn(env: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', TICKET_AGENT_HOME: folder, ...env },
  });
  const [stdout, stderr, code] = await Promise.all([
    readAll(child.stdout),
    readAll(child.stderr),
    new Promise((resolve) => child.on('close', resolve)),
  ]);
  return { code, stdout, stderr };
}

function file(...lines: object[]): string {
  writeFileSync(join(folder, 'tickets.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return 'tickets.jsonl';
}

it('finds the built-in model right on three of four Slack-style tickets, of which it has seen none', async () => {
  const { code, stdout } = await evaluate(slackTickets, '--json');
  expect(code).toBe(0);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ n: 200, sources: { builtin: 200 }, bins: 15 });
  expect(report.macroF1).toBeGreaterThan(0.75);
  expect(report.macroF1Interval.low).toBeLessThan(report.macroF1);
  expect(report.topTwo).toBeGreaterThan(report.accuracy);
});

it('prints for people too: a line a label, and the confusion', async () => {
  const tickets = file({ label: 'Incident', text: 'The whole site is down for everyone', source: 'me' });
  const { stdout } = await evaluate(tickets);
  expect(stdout).toMatch(/^tickets {5}1, by builtin 1$/m);
  expect(stdout).toMatch(/^Incident( +0){2} +1( +0){2}$/m);
});

it('reads titles where asked', async () => {
  const { code, stderr } = await evaluate(file({ label: 'Bug', text: 'x' }), '--field', 'title');
  expect(code).toBe(1);
  expect(stderr).toContain('line 1, cannot be read: it has no "title"');
});

// It reads all of our examples first, and fits its heads on them.
it('measures a GGUF, beside the built-in model', { timeout: 180_000 }, async () => {
  writeTinyGguf(join(folder, 'tiny.gguf'));
  const labelled = file({ label: 'Bug', text: 'broken' });
  const { code, stdout } = await evaluate(labelled, '--model', 'tiny.gguf', '--strategy', 'prompt', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ sources: { gguf: 1 }, againstBuiltin: { interval: {} } });
});

it('measures nothing with a model that cannot be loaded', async () => {
  writeFileSync(join(folder, 'page.gguf'), '<html>');
  const { code, stdout, stderr } = await evaluate(file({ label: 'Bug', text: 'x' }), '--model', 'page.gguf');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('web page');
});

it('says what is wrong with a line, a file or a call', async () => {
  expect(await evaluate(file({ label: 'Bogus', text: 'x' }))).toMatchObject({ code: 1, stdout: '' });
  expect((await evaluate('missing.jsonl')).stderr).toContain('missing.jsonl cannot be read');
  expect(await evaluate()).toMatchObject({ code: 2, stdout: '' });
});

it('says that the share of a model does not answer, and ends', async ({ skip }) => {
  const share = createHungShare(folder);
  if (share === null) return skip('There is no C compiler here to make a share that hangs.');
  const model = join(share.folder, 'a.gguf');
  const tickets = file({ label: 'Bug', text: 'It crashes', source: 'me' });
  const { code, stderr } = await evaluateIn(share.env, tickets, '--model', model, '--strategy', 'prompt');
  expect([code, stderr]).toEqual([1, expect.stringContaining(`${model} does not answer (waited 5 s)`)]);
});
