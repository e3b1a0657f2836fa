import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { Agent, fetch } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { createReach } from '../../../electron/network/reach.ts';

/** A server on this machine, and a way to it by any name: names resolve to what `addresses` holds now. */
async function aNamedServer(addresses: string[]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.host ?? '');
    response.setHeader('connection', 'close').end('ok');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const resolve: LookupFunction = (_name, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  const reach = createReach(2_000, resolve);
  const dispatcher = new Agent({ connect: reach.connect });
  onTestFinished(() => dispatcher.destroy());
  const get = (host: string) => fetch(`http://${host}:${port}/`, { dispatcher });
  return { asked, reach, get };
}
const refused = { cause: { name: 'AppError', code: 'forbidden' } };

it('a first address may be on this machine or in its network, and lead on to others there', async () => {
  const { get, asked } = await aNamedServer(['127.0.0.1']);
  await get('mirror.test');
  await get('127.0.0.1');
  expect(asked).toHaveLength(2);
});

it('a name from outside that resolves to this machine is not connected to', async () => {
  const { get, reach, asked } = await aNamedServer(['127.0.0.1']);
  reach.answered(new URL('https://models.test/'));
  await expect(get('cdn.test')).rejects.toMatchObject(refused);
  await expect(get('127.0.0.1')).rejects.toMatchObject(refused);
  expect(asked).toEqual([]);
});

it('a name that resolves to addresses of both kinds is reached by those outside only', async () => {
  const { get, reach, asked } = await aNamedServer(['127.0.0.1', '10.0.0.1', '::1']);
  reach.answered(new URL('https://8.8.8.8/'));
  await expect(get('cdn.test')).rejects.toMatchObject(refused);
  expect(asked).toEqual([]);
});

it('what began in a company’s network is not led to this machine', async () => {
  const { get, reach, asked } = await aNamedServer(['127.0.0.1']);
  reach.answered(new URL('https://10.1.2.3/'));
  await expect(get('cdn.test')).rejects.toMatchObject(refused);
  expect(() => reach.demand(new URL('https://192.168.0.1/'))).not.toThrow();
  expect(() => reach.demand(new URL('https://localhost/'))).toThrow();
  expect(asked).toEqual([]);
});
