import type { NetworkInterfaceInfo } from 'node:os';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addressesOf, watchMachine } from '../../../electron/network/machine-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aMachine(addresses = 'wlan0 10.0.0.7') {
  const machine = { addresses };
  const told: string[] = [];
  const watch = watchMachine({
    addresses: () => machine.addresses,
    async sleep() {
      told.push('sleep');
    },
    wake: () => void told.push('wake'),
  });
  const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1_000);
  return { machine, told, watch, pass };
}

describe('the network', () => {
  it('that stays as it is wakes nobody', () => {
    const { told, pass } = aMachine();
    pass(3_600);
    expect(told).toEqual([]);
  });

  it('that comes back wakes the program within two seconds, once', () => {
    const { machine, told, pass } = aMachine();
    machine.addresses = '';
    pass(60);
    expect(told).toEqual([]);
    machine.addresses = 'wlan0 10.0.0.7';
    pass(2);
    expect(told).toEqual(['wake']);
    pass(60);
    expect(told).toEqual(['wake']);
  });

  it('that becomes another one wakes it, too', () => {
    const { machine, told, pass } = aMachine();
    machine.addresses = 'wlan0 192.168.1.4';
    pass(2);
    machine.addresses = 'eth0 192.168.1.9, wlan0 192.168.1.4';
    pass(2);
    machine.addresses = 'wlan0 192.168.1.4';
    pass(2);
    expect(told).toEqual(['wake', 'wake', 'wake']);
  });

  it('is of no interest once the program ends', () => {
    const { machine, told, watch, pass } = aMachine();
    watch.suspended();
    watch.stop();
    machine.addresses = 'wlan0 192.168.1.4';
    pass(3_600);
    expect(told).toEqual(['sleep']);
  });
});

describe('sleep', () => {
  it('is told, and waking up, whatever the network does in between', () => {
    const { machine, told, watch, pass } = aMachine();
    watch.suspended();
    machine.addresses = 'eth0 10.0.0.8';
    pass(4);
    expect(told).toEqual(['sleep']);
    watch.resumed();
    pass(3_600);
    expect(told).toEqual(['sleep', 'wake']);
  });

  it('ends after half a minute awake where nobody says that it has ended', () => {
    const { told, watch, pass } = aMachine();
    watch.suspended();
    watch.suspended();
    pass(29);
    expect(told).toEqual(['sleep']);
    pass(1);
    expect(told).toEqual(['sleep', 'wake']);
  });
});

describe('the addresses of a machine', () => {
  const info = (address: string, internal = false): NetworkInterfaceInfo =>
    ({
      address,
      internal,
      family: address.includes(':') ? 'IPv6' : 'IPv4',
      netmask: '',
      mac: '',
      cidr: null,
      scopeid: 0,
    }) as NetworkInterfaceInfo;

  it('are those that lead out of it, in an order of their own', () => {
    const one = {
      wlan0: [info('10.0.0.7'), info('fe80::1')],
      lo: [info('127.0.0.1', true)],
      eth0: [info('2001:db8::1')],
    };
    const other = { eth0: [info('2001:db8::1')], wlan0: [info('10.0.0.7')] };
    expect(addressesOf(one)).toBe('eth0 2001:db8::1, wlan0 10.0.0.7');
    expect(addressesOf(other)).toBe(addressesOf(one));
  });

  it('are none where no network answers', () => {
    expect(addressesOf({ lo: [info('::1', true)], wlan0: [info('169.254.12.3'), info('fe80::2')] })).toBe('');
  });
});
