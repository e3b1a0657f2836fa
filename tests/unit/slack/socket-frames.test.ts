import { channel } from 'node:diagnostics_channel';
import { expect, it, onTestFinished } from 'vitest';
import { watchFrames } from '../../../electron/slack/socket-frames.ts';

const address = 'wss://wss.slack.example/link/?ticket=1';

/** As undici tells of it: `opens` a socket, or a frame that came over one. */
const tell = (event: 'open' | 'ping' | 'pong', websocket: object) =>
  channel(`undici:websocket:${event}`).publish({ websocket });

/** The frames that somebody who waits for a line to this address is told of. */
function watched() {
  const frames: string[] = [];
  const { stop } = watchFrames(address, (isPing) => frames.push(isPing ? 'ping' : 'pong'));
  onTestFinished(stop);
  return { frames, stop };
}

it('pings and pongs are those of the first socket that opens to the address, and of no other', () => {
  const { frames } = watched();
  const [elsewhere, mine, later] = [{ url: 'wss://other.example/' }, { url: address }, { url: address }];
  for (const socket of [elsewhere, mine, later]) tell('open', socket);
  for (const socket of [elsewhere, later]) tell('ping', socket);
  expect(frames).toEqual([]);
  tell('ping', mine);
  tell('pong', mine);
  expect(frames).toEqual(['ping', 'pong']);
});

it('a socket belongs to one who waits, since a server may give the same address twice', () => {
  const [first, second] = [watched(), watched()];
  const [one, another] = [{ url: address }, { url: address }];
  for (const socket of [one, another]) tell('open', socket);
  tell('ping', one);
  tell('pong', another);
  expect([first.frames, second.frames]).toEqual([['ping'], ['pong']]);
});

it('who has stopped is told of nothing, and takes no socket from others', () => {
  const { frames, stop } = watched();
  const socket = { url: address };
  tell('open', socket);
  stop();
  tell('ping', socket);
  tell('pong', socket);
  expect(frames).toEqual([]);

  watched().stop();
  const other = watched();
  const next = { url: address };
  tell('open', next);
  tell('ping', next);
  expect(other.frames).toEqual(['ping']);
});
