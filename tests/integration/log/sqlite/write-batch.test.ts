import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { createWriteBatch } from '../../../../electron/log/sqlite/write-batch.ts';

function aTable() {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.exec("create table words (word text unique); insert into words values ('known')");
  const words = () => db.prepare<[], string>('select word from words order by word').pluck().all();
  const insert = (word: string, otherwise = 'abort') =>
    db.prepare(`insert or ${otherwise} into words values (?)`).run(word).changes;
  return { batch: createWriteBatch(db), words, insert };
}

it('what came together is written together, but for what cannot be', async () => {
  const { batch, words, insert } = aTable();
  const outcomes = await Promise.allSettled(['first', 'known', 'last'].map((word) => batch.write(() => insert(word))));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(words()).toEqual(['first', 'known', 'last']);
});

it('nothing that came together is written, and all of it is refused, where SQLite takes the whole transaction back', async () => {
  const { batch, words, insert } = aTable();
  // As it does on a full disk.
  const write = (word: string, otherwise?: string) => batch.write(() => insert(word, otherwise));
  const outcomes = await Promise.allSettled([write('first'), write('known', 'rollback'), write('last')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(words()).toEqual(['known']);
  await write('later');
  expect(words()).toEqual(['known', 'later']);
});
