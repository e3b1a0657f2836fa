import { WebAPIPlatformError } from '@slack/web-api';
import { expect, it, vi } from 'vitest';
import { createPeople, type PeopleDeps } from '../../../electron/slack/people.ts';

const answer = (email: unknown) => ({ ok: true, user: { id: 'U1', profile: { email } } });
const refusal = (error: string) => new WebAPIPlatformError({ ok: false, error });

function thePeople(info: (user: string) => Promise<unknown>, change: Partial<PeopleDeps> = {}) {
  const ask = vi.fn(info);
  let time = 0;
  const people = createPeople({
    usersInfo: ask,
    guard: (request) => request(),
    now: () => time,
    wait: () => new Promise(() => {}),
    ...change,
  });
  return { people, ask, passTime: (ms: number) => (time += ms) };
}

it('tells the address that Slack tells', async () => {
  const { people, ask } = thePeople(async () => answer('ada@example.com'));
  expect(await people.emailOf('U1')).toBe('ada@example.com');
  expect(ask).toHaveBeenCalledWith('U1');
});

it.each([
  ['none', answer(undefined)],
  ['something else', answer('no address')],
  ['nothing', {}],
])('tells none where Slack tells %s', async (_, told) => {
  expect(await thePeople(async () => told).people.emailOf('U1')).toBeNull();
});

it('tells none of nobody, and asks nothing', async () => {
  const { people, ask } = thePeople(async () => answer('ada@example.com'));
  expect(await people.emailOf('')).toBeNull();
  expect(ask).not.toHaveBeenCalled();
});

it('asks a Slack that refuses it for want of a scope once an hour', async () => {
  const { people, ask, passTime } = thePeople(async () => {
    throw refusal('missing_scope');
  });
  for (let each = 0; each < 3; each += 1) expect(await people.emailOf('U1')).toBeNull();
  expect(ask).toHaveBeenCalledTimes(1);
  passTime(60 * 60_000);
  await people.emailOf('U1');
  expect(ask).toHaveBeenCalledTimes(2);
});

it('asks again after any other failure', async () => {
  const { people, ask } = thePeople(async () => {
    throw refusal('user_not_found');
  });
  await people.emailOf('U1');
  expect(await people.emailOf('U2')).toBeNull();
  expect(ask).toHaveBeenCalledTimes(2);
});

it('has no ticket wait for a Slack that does not answer, or is spared', async () => {
  const silent = thePeople(() => new Promise(() => {}), { wait: async () => {} });
  expect(await silent.people.emailOf('U1')).toBeNull();
  const spared = thePeople(async () => answer('ada@example.com'), {
    guard: async () => {
      throw new Error('held back');
    },
  });
  expect(await spared.people.emailOf('U1')).toBeNull();
});
