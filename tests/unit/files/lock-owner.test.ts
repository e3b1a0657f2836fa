import { describe, expect, it } from 'vitest';
import {
  judgeOwner,
  type LockOwner,
  lockContent,
  parseLock,
  type StartOf,
} from '../../../electron/files/lock-owner.ts';

const here: LockOwner = {
  id: 'here',
  host: 'desk',
  machine: 'machine-1',
  boot: 'boot-1',
  pidNamespace: 'pid:[1]',
  pid: 100,
  started: '5000',
  since: '2026-11-29T08:00:00.000Z',
};
const other: LockOwner = { ...here, id: 'other', pid: 200, started: '4000' };
const judge = (owner: LockOwner | null, start: ReturnType<StartOf>, place = here) =>
  judgeOwner(owner, place, () => start);

describe('the owner of a lock', () => {
  it('is read from what was written, and is nobody where that is damaged', () => {
    const content = lockContent(other, 7);
    expect(parseLock(content)).toEqual(other);
    expect(lockContent(other, 123_456)).toHaveLength(content.length);
    for (const damaged of ['', '{', 'null', '[]', '"x"', content.slice(0, 40), content.replace('200', '"200"')]) {
      expect(parseLock(damaged)).toBeNull();
    }
  });

  it('lives on this machine as long as the process that was started then', () => {
    expect(judge(other, '4000')).toBe('alive');
    expect(judge(other, null)).toBe('dead');
    expect(judge(other, '4001')).toBe('dead');
    expect(judge({ ...other, started: null }, 'unknown')).toBe('alive');
  });

  it('is dead where its number is this process’s own', () => {
    expect(judge({ ...other, pid: here.pid }, here.started)).toBe('dead');
  });

  it.each([
    ['a machine of the same name', { boot: 'boot-2', machine: 'machine-2' }],
    ['a machine that has no id', { boot: 'boot-2', machine: null }],
    ['another machine', { boot: 'boot-2', host: 'laptop' }],
    ['another container, of any boot', { boot: 'boot-2', pidNamespace: 'pid:[2]' }],
    ['another namespace of process numbers', { pidNamespace: 'pid:[2]' }],
    ['a system without such names', { boot: null, pidNamespace: null }],
    ['a namespace that has no name', { pidNamespace: null }],
  ])('cannot be judged on %s', (_, elsewhere) => {
    expect(judge({ ...other, ...elsewhere }, null)).toBe('elsewhere');
  });

  it('most likely ended with the power of this machine, where only the boot is another', () => {
    expect(judge({ ...other, boot: 'boot-2' }, '4000')).toBe('rebooted');
  });

  it('cannot be judged where nobody is named', () => {
    expect(judge(null, null)).toBe('elsewhere');
  });

  it('is known by the machine’s name where there is nothing better', () => {
    const nameless = { boot: null, pidNamespace: null };
    expect(judge({ ...other, ...nameless }, null, { ...here, ...nameless })).toBe('dead');
    expect(judge({ ...other, ...nameless, host: 'laptop' }, null, { ...here, ...nameless })).toBe('elsewhere');
  });
});
