import { describe, expect, it } from 'vitest';
import { decodeButtonValue, encodeButtonValue } from '../../../electron/slack/button-value.ts';

const value = {
  request: '0123456789abcdef0123456789abcdef',
  key: 'KAN-7',
  user: 'U123',
  summary: 'VPN "down"',
  type: 'Bug',
  url: 'https://acme.example/browse/KAN-7',
};

describe('the button value', () => {
  it('comes back as it went out', () => {
    expect(decodeButtonValue(encodeButtonValue(value))).toEqual(value);
  });

  it.each([
    ['nothing', undefined],
    ['no JSON', 'approve'],
    ['a link that is none', JSON.stringify({ ...value, url: 'javascript:alert(1)' })],
    ['a key that would change a path', JSON.stringify({ ...value, key: 'KAN-7/../../x' })],
    ['a user that would ping', JSON.stringify({ ...value, user: '!channel' })],
    ['a request that is no hash', JSON.stringify({ ...value, request: 'x' })],
  ])('refuses %s', (_, text) => {
    expect(decodeButtonValue(text)).toBeNull();
  });
});
