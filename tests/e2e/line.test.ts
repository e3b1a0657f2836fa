import { expect, it } from 'vitest';
import { startDesk } from './desk.ts';
import { aWorld, byAlice } from './world.ts';

it('notices by itself, in Electron too, that nothing comes from Slack any more, and has another line', async () => {
  const world = await aWorld();
  const { slack } = world;
  const desk = await startDesk(world);
  await desk.waitForLine('slack: connected');
  slack.goSilent();
  await desk.waitForLine('slack: disconnected silent');
  await slack.waitForConnections(2);
  await expect(slack.slash('/ticket', 'the VPN drops', byAlice)).resolves.toMatchObject({
    ack: { response_type: 'ephemeral' },
  });
  expect(desk.lines().filter((line) => line.startsWith('slack: '))).toEqual([
    'slack: connecting',
    'slack: connected',
    'slack: disconnected silent',
    'slack: connecting',
    'slack: connected',
  ]);
});
