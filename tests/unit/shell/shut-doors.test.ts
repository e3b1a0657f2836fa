import { expect, it } from 'vitest';
import { shutDoors } from '../../../electron/shell/shut-doors.ts';

function aCommandLine(...given: string[]) {
  const switches = new Set(given);
  return {
    switches,
    hasSwitch: (name: string) => switches.has(name),
    removeSwitch: (name: string) => void switches.delete(name),
  };
}

it('takes away what lets others look in, and says so', () => {
  const line = aCommandLine('remote-debugging-port', 'inspect', 'user-data-dir', 'no-sandbox');
  const env = { SSLKEYLOGFILE: '/tmp/keys', NODE_TLS_REJECT_UNAUTHORIZED: '0', HTTPS_PROXY: 'http://proxy' };
  const message = shutDoors(line, env);
  expect([...line.switches]).toEqual(['user-data-dir', 'no-sandbox']);
  expect(env).toEqual({ HTTPS_PROXY: 'http://proxy' });
  for (const name of ['--remote-debugging-port', '--inspect', 'SSLKEYLOGFILE', 'NODE_TLS_REJECT_UNAUTHORIZED']) {
    expect(message).toContain(name);
  }
});

it('says nothing where nothing was asked for', () => {
  expect(shutDoors(aCommandLine('hidden'), { PATH: '/bin', NODE_OPTIONS: '' })).toBe(null);
});
