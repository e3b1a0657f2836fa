import { expect, it } from 'vitest';
import { hasProgram, missingLibraries } from '../../../tools/linux-packages.ts';

it('reads the missing libraries from what ldd prints', () => {
  const ldd = [
    '\tlinux-vdso.so.1 (0x00007ffd1b5f2000)',
    '\tlibgtk-3.so.0 => not found',
    '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f1f2a000000)',
    '\tlibasound.so.2 => not found',
  ].join('\n');
  expect(missingLibraries(ldd)).toEqual(['libgtk-3.so.0', 'libasound.so.2']);
});

it('finds nothing missing where everything is there', () => {
  expect(missingLibraries('\tlibc.so.6 => /lib/libc.so.6 (0x0)\n')).toEqual([]);
});

it('knows which programs are in PATH', () => {
  expect(hasProgram('node')).toBe(true);
  expect(hasProgram('no-such-program-here')).toBe(false);
});
