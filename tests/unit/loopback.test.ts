import { expect, it } from 'vitest';
import { isLoopback } from '../../shared/loopback.ts';

it.each(['http://localhost', 'http://127.1', 'http://127.8.9.10', 'http://[::1]:80'])('%s is this machine', (url) => {
  expect(isLoopback(new URL(url).hostname)).toBe(true);
});

it.each(['http://127.0.0.1.example.com', 'http://localhost.example.com', 'http://10.0.0.1', 'http://[::2]'])(
  '%s is another machine',
  (url) => {
    expect(isLoopback(new URL(url).hostname)).toBe(false);
  },
);
