import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import { allTickets } from '../../../../shared/ticket-list.ts';
import { aRequest } from '../../../contract/ticket-log.ts';
import { aLogFolder } from '../a-log-file.ts';

it('stores nothing once the data folder is another program’s, and can still be read', async () => {
  let isOurs = true;
  const { open } = aLogFolder();
  const { log } = await open({
    demandWritable() {
      if (!isOurs) throw new AppError('unavailable', 'Another program has taken over the data folder.');
    },
  });
  await log.receive(aRequest({ requestId: 'first' }));
  isOurs = false;
  await expect(log.receive(aRequest({ requestId: 'second' }))).rejects.toMatchObject({ code: 'unavailable' });
  await expect(log.update('first', { summary: 'x' })).rejects.toMatchObject({ code: 'unavailable' });
  expect((await log.list({ filter: allTickets, limit: 10 })).map(({ requestId }) => requestId)).toEqual(['first']);
});

it('replaces no damaged file that is another program’s by the time it is mended', async () => {
  const { file, folder, open } = aLogFolder();
  const { log, close } = await open();
  await log.receive(aRequest({ requestId: 'first' }));
  await close();
  const damaged = Buffer.alloc(statSync(file).size, 'garbage! ');
  writeFileSync(file, damaged);
  const demandWritable = () => {
    throw new AppError('unavailable', 'Another program has taken over the data folder.');
  };
  await expect(open({ demandWritable })).rejects.toMatchObject({ code: 'unavailable' });
  expect(readFileSync(file).equals(damaged)).toBe(true);
  expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
});
