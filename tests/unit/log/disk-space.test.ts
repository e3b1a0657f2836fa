import { expect, it } from 'vitest';
import { diskPart } from '../../../electron/log/disk-space.ts';

it.each([
  [null, 'ok', null],
  [500e6, 'ok', null],
  [499.9e6, 'low', /^499 MB are left on the disk of \/data/],
  [50e6, 'low', /Without room, no new ones/],
  [49e6, 'full', /may be refused/],
  [0, 'full', /^0 MB/],
])('with %s bytes free the disk is %s', (free, line, message) => {
  expect(diskPart(free, '/data')).toEqual({
    state: line === 'ok' ? 'ok' : 'trouble',
    line,
    message: message === null ? null : expect.stringMatching(message),
  });
});
