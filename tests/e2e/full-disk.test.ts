import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fillUp, mountSmallDisk } from '../fixtures/small-disk.ts';
import { startDesk } from './desk.ts';
import { aWorld, byAlice } from './world.ts';

it('on a disk that is full promises no ticket, and takes the next one when there is room', async ({ skip }) => {
  const world = await aWorld();
  const { slack, dataDir, rows } = world;
  mkdirSync(dataDir);
  const problem = mountSmallDisk(dataDir, '64m');
  if (problem !== null) skip(`A small disk can only be mounted by root: ${problem}`);
  const desk = await startDesk(world, { args: ['--hidden'] });
  await desk.waitForLine('slack: connected');
  const ballast = join(dataDir, 'ballast');
  fillUp(ballast, 4096);
  const promised: string[] = [];
  const send = async (text: string) => {
    const { ack } = await slack.slash('/ticket', text, byAlice);
    const isPromised = JSON.stringify(ack).includes('Creating your ticket');
    if (isPromised) promised.push(text);
    return isPromised ? 'promised' : JSON.stringify(ack);
  };
  let answer = 'promised';
  for (let index = 0; answer === 'promised' && index < 300; index += 1) {
    answer = await send(`${index} ${'x'.repeat(8000)}`);
    // The write-ahead log was merged into the file, which made room in it.
    fillUp(join(dataDir, `more-${index}`), 4096);
  }
  expect(answer).toContain('Your ticket was *not* received');
  for (const name of [ballast, ...Array.from({ length: 300 }, (_, index) => join(dataDir, `more-${index}`))]) {
    rmSync(name, { force: true });
  }
  expect(await send('there is room')).toBe('promised');
  expect(rows()).toHaveLength(promised.length);
});
