import { describe, expect, it } from 'vitest';
import { dataFolder } from '../../../electron/settings/data-folder.ts';

const linux = { argv: [], env: {}, cwd: '/repo', platform: 'linux', home: '/home/ann' } as const;

describe('the data folder', () => {
  it('is the folder named on the command line, in either spelling', () => {
    expect(dataFolder({ ...linux, argv: ['node', '--user-data-dir=/data'] })).toBe('/data');
    expect(dataFolder({ ...linux, argv: ['node', '--user-data-dir', '/data', '--hidden'] })).toBe('/data');
  });

  it('takes the last folder named, and passes over an empty one', () => {
    expect(dataFolder({ ...linux, argv: ['--user-data-dir=/a', '--user-data-dir=/b', '--user-data-dir='] })).toBe('/b');
    expect(dataFolder({ ...linux, argv: ['--user-data-dir', '--hidden'] })).toBe('/home/ann/.config/AI Ticket Agent');
  });

  it('prefers the command line to TICKET_AGENT_HOME, and that to the per-user folder', () => {
    const env = { TICKET_AGENT_HOME: '/home/ann/tickets' };
    expect(dataFolder({ ...linux, env, argv: ['--user-data-dir=/data'] })).toBe('/data');
    expect(dataFolder({ ...linux, env })).toBe('/home/ann/tickets');
    expect(dataFolder({ ...linux, env: { TICKET_AGENT_HOME: ' ' } })).toBe('/home/ann/.config/AI Ticket Agent');
  });

  it('takes a relative path from the folder where npm was called, else from the current one', () => {
    const argv = ['--user-data-dir=data'];
    expect(dataFolder({ ...linux, argv, env: { INIT_CWD: '/home/ann/work' } })).toBe('/home/ann/work/data');
    expect(dataFolder({ ...linux, argv })).toBe('/repo/data');
  });

  it('is where Electron would put it on each platform', () => {
    const name = 'AI Ticket Agent';
    expect(dataFolder({ ...linux, env: { XDG_CONFIG_HOME: '/xdg' } })).toBe(`/xdg/${name}`);
    expect(dataFolder({ ...linux, env: { XDG_CONFIG_HOME: 'relative' } })).toBe(`/home/ann/.config/${name}`);
    expect(dataFolder({ ...linux, platform: 'darwin', home: '/Users/ann' })).toBe(
      `/Users/ann/Library/Application Support/${name}`,
    );
    const windows = { ...linux, platform: 'win32', home: 'C:\\Users\\ann' } as const;
    expect(dataFolder(windows)).toBe(`C:\\Users\\ann\\AppData\\Roaming\\${name}`);
    expect(dataFolder({ ...windows, env: { APPDATA: 'D:\\Roaming' } })).toBe(`D:\\Roaming\\${name}`);
  });

  it('keeps the demo in a folder of its own', () => {
    expect(dataFolder({ ...linux, argv: ['--demo', '--user-data-dir=/data'] })).toBe('/data/demo');
  });
});
