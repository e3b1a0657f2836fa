import { describe, expect, it } from 'vitest';
import { isTangled } from '../../../electron/network/tangled-json.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const named = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, 0]));

describe('isTangled', () => {
  it('is true of more names than any answer has, in one object or in many', () => {
    expect(isTangled(bytes(JSON.stringify(named(40_000))))).toBe(true);
    expect(isTangled(bytes(JSON.stringify(Object.keys(named(40_000)).map((name) => ({ [name]: 0 })))))).toBe(true);
    expect(isTangled(bytes(JSON.stringify(named(40_000), null, 2)))).toBe(true);
  });

  it('is true of data nested deeper than any answer’s', () => {
    expect(isTangled(bytes(`${'['.repeat(201)}${']'.repeat(201)}`))).toBe(true);
    expect(isTangled(bytes(` \n${'{"a":'.repeat(100_000)}`))).toBe(true);
  });

  it('is false of the longest lists of things alike', () => {
    const issues = Array.from({ length: 5_000 }, (_, id) => ({ id: String(id), fields: { summary: `Summary ${id}` } }));
    expect(isTangled(bytes(JSON.stringify({ issues })))).toBe(false);
    expect(isTangled(bytes(JSON.stringify(named(10_000))))).toBe(false);
  });

  it('takes what stands in strings for no structure, whatever is escaped', () => {
    expect(isTangled(bytes(JSON.stringify({ text: '{["a\\":'.repeat(50_000) })))).toBe(false);
    expect(isTangled(bytes(JSON.stringify(Object.keys(named(40_000)))))).toBe(false);
  });

  it.each(['', '   ', '"', '{"', '{"a\\', '<html>[[[[', '{[{[}'.repeat(3)])('looks at %j without harm', (text) => {
    expect(isTangled(bytes(text))).toBe(false);
  });

  it('is false of a page, however its scripts are nested', () => {
    expect(isTangled(bytes(`<script>${'{['.repeat(1000)}</script>`))).toBe(false);
  });
});

it('is true of a name so long that searching it takes its square', () => {
  expect(isTangled(bytes(JSON.stringify({ ['n'.repeat(2_000)]: 0 })))).toBe(true);
  expect(isTangled(bytes(JSON.stringify({ name: 'n'.repeat(2_000) })))).toBe(false);
});

describe('names that fall into each other’s place by plain FNV-1a', () => {
  function placeOf(name: string): number {
    let hash = 0x811c9dc5;
    for (const byte of bytes(name)) hash = Math.imul(hash ^ byte, 0x01000193);
    return (hash ^ (hash >>> 16)) & 0xffff;
  }
  const numbered = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

  it('do not hide that one of them is too long', () => {
    const long = 'n'.repeat(2_000);
    const short = numbered(2_000_000).find((name) => placeOf(name) === placeOf(long)) ?? '';
    expect(short).not.toBe('');
    expect(isTangled(bytes(JSON.stringify({ [short]: 0, [long]: 0 })))).toBe(true);
    expect(isTangled(bytes(JSON.stringify([...numbered(19_000).map((name) => ({ [name]: 0 })), { [long]: 0 }])))).toBe(
      true,
    );
  });

  it('do not hide how many they are', () => {
    const crowded = numbered(400_000).filter((name) => placeOf(name) < 10_000);
    expect(crowded.length).toBeGreaterThan(40_000);
    expect(isTangled(bytes(JSON.stringify(Object.fromEntries(crowded.map((name) => [name, 0])))))).toBe(true);
  });
});

it('looks behind a byte order mark, which readers leave out', () => {
  expect(isTangled(bytes(`\uFEFF${JSON.stringify(named(40_000))}`))).toBe(true);
  expect(isTangled(bytes('\uFEFF{}'))).toBe(false);
  expect(isTangled(bytes('\uFEFF'))).toBe(false);
});

it('counts values where somebody looks at each of them', () => {
  const values = (count: number) => bytes(JSON.stringify(Array.from({ length: count }, () => 0)));
  expect(isTangled(values(1_001), 1_000)).toBe(true);
  expect(isTangled(values(1_000), 1_000)).toBe(false);
  expect(isTangled(bytes(JSON.stringify(Array.from({ length: 600 }, () => ({})))), 1_000)).toBe(true);
  expect(isTangled(bytes(JSON.stringify({ text: ',[{'.repeat(1_000) })), 1_000)).toBe(false);
});
