import { expect, it } from 'vitest';
import { createRoomWatch, spareBytes } from '../../../electron/model-library/room-on-disk.ts';

const megabyte = 1_000_000;

it('lets as much come as there is room for, and leaves the rest of the disk alone', async () => {
  let written = 0;
  const take = createRoomWatch(async () => spareBytes + 50 * megabyte - written);
  const fill = async () => {
    for (;;) {
      await take(megabyte);
      written += megabyte;
    }
  };
  await expect(fill()).rejects.toMatchObject({
    code: 'storage_failed',
    message: expect.stringContaining('0.2 GB left'),
  });
  expect(written).toBe(50 * megabyte);
});

it('notices what others write meanwhile', async () => {
  let free = 100_000 * megabyte;
  const take = createRoomWatch(async () => free);
  await take(megabyte);
  free = 0;
  const rest = async () => {
    for (let piece = 0; piece < 20; piece += 1) await take(megabyte);
  };
  await expect(rest()).rejects.toMatchObject({ code: 'storage_failed' });
});

it('lets all come where nobody knows how much room there is', async () => {
  const take = createRoomWatch(async () => null);
  for (let piece = 0; piece < 100; piece += 1) await take(megabyte);
});
