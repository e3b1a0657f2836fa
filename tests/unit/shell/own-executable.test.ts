import { expect, it } from 'vitest';
import { ownExecutable } from '../../../electron/shell/own-executable.ts';

it('is the launcher where there is one, else the program itself', () => {
  const here = import.meta.filename;
  expect(ownExecutable(`${here}.bin`)).toBe(here);
  expect(ownExecutable(here)).toBe(here);
  expect(ownExecutable('/nowhere/program.bin')).toBe('/nowhere/program.bin');
});
