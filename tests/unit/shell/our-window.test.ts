import { expect, it } from 'vitest';
import { isOurWindow } from '../../../electron/shell/our-window.ts';

const ui = { name: 'our window' };
const page = 'ticket-agent://window/index.html';
const top = { parent: null, url: page };

it.each([
  ['our page', { sender: ui, senderFrame: top }, ui, true],
  ['another window', { sender: {}, senderFrame: top }, ui, false],
  ['anybody while there is no window', { sender: null, senderFrame: top }, null, false],
  ['a frame in our page', { sender: ui, senderFrame: { parent: top, url: page } }, ui, false],
  ['a frame that is gone', { sender: ui, senderFrame: null }, ui, false],
  [
    'a page from elsewhere in our window',
    { sender: ui, senderFrame: { parent: null, url: 'https://x.example' } },
    ui,
    false,
  ],
  [
    'a file in our window',
    { sender: ui, senderFrame: { parent: null, url: 'file:///app/dist/renderer/index.html' } },
    ui,
    false,
  ],
  ['another file of our page', { sender: ui, senderFrame: { parent: null, url: `${page}.js` } }, ui, false],
  ['a blank page in our window', { sender: ui, senderFrame: { parent: null, url: 'about:blank' } }, ui, false],
])('answers %s: %s', (_, event, window, answers) => {
  expect(isOurWindow(event, window)).toBe(answers);
});
