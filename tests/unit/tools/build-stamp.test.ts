import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { computeBuildStamp } from '../../../tools/build-stamp.ts';

let root: string;
const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'build-stamp-'));
  write('electron/main.ts', 'one');
  write('package-lock.json', '{}');
});
afterEach(() => rmSync(root, { recursive: true }));

it('changes with the content of a source', () => {
  const before = computeBuildStamp(root);
  write('electron/main.ts', 'two');
  expect(computeBuildStamp(root)).not.toBe(before);
});

it('changes when a source comes or moves', () => {
  const before = computeBuildStamp(root);
  write('shared/labels.ts', '');
  expect(computeBuildStamp(root)).not.toBe(before);
});

it('changes with the lockfile', () => {
  const before = computeBuildStamp(root);
  write('package-lock.json', '{"lockfileVersion":3}');
  expect(computeBuildStamp(root)).not.toBe(before);
});

it('stays when only times change, as after a fresh checkout', () => {
  const before = computeBuildStamp(root);
  utimesSync(path.join(root, 'electron/main.ts'), 1, 1);
  expect(computeBuildStamp(root)).toBe(before);
});

it('stays when a person drops a model into models/ or a test changes', () => {
  const before = computeBuildStamp(root);
  write('models/big.gguf', 'weights');
  write('tests/unit/some.test.ts', '');
  expect(computeBuildStamp(root)).toBe(before);
});
