import { expect, it, vi } from 'vitest';
import { createChannelDirectory } from '../../../electron/slack/channel-directory.ts';

it('asks for the list of channels once at a time, and offers what the settings name until it is told', async () => {
  let tell: (page: unknown) => void = () => {};
  const listing = new Promise<unknown>((resolve) => {
    tell = resolve;
  });
  const list = vi.fn(() => listing);
  const nameOf = async () => 'ops';
  const directory = createChannelDirectory({ nameOf, list, configured: () => ['#support', 'C0OPS'] });
  const asNamed = [
    { id: 'support', name: 'support' },
    { id: 'C0OPS', name: null },
  ];
  expect(await directory.offered(1)).toEqual(asNamed);
  expect(await directory.offered(1)).toEqual(asNamed);
  tell({ channels: [{ id: 'C0SUPPORT', name: 'support' }] });
  expect(await directory.offered(60_000)).toEqual([
    { id: 'C0SUPPORT', name: 'support' },
    { id: 'C0OPS', name: 'ops' },
  ]);
  expect(list).toHaveBeenCalledOnce();
});
