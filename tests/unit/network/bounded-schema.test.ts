import { expect, it } from 'vitest';
import { z } from 'zod';
import { listOf, mapOf } from '../../../electron/network/bounded-schema.ts';

const entry = z.object({ id: z.string() });

it('a list is read as a list', () => {
  expect(listOf(entry).parse([{ id: 'a', more: 1 }])).toEqual([{ id: 'a' }]);
  expect(listOf(entry).safeParse([{ id: 1 }]).success).toBe(false);
  expect(listOf(entry).safeParse({}).success).toBe(false);
});

it('of a list that is too long no entry is looked at, so that not each can be reported', () => {
  const { error } = listOf(entry).safeParse(Array.from({ length: 2_000 }, () => ({})));
  expect(error?.issues).toMatchObject([{ code: 'too_big' }]);
});

it('nor of a map', () => {
  expect(mapOf(entry).parse({ a: { id: 'x' } })).toEqual({ a: { id: 'x' } });
  const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`n${index}`, {}]));
  expect(mapOf(entry).safeParse(many).error?.issues).toHaveLength(1);
});
