import { expect, it } from 'vitest';
import { createNames } from '../../../electron/slack/names.ts';
import { AppError } from '../../../shared/errors.ts';

/** Names, and a Slack that answers so. */
function someNames(answer: (id: string) => unknown) {
  const asked: string[] = [];
  let now = 0;
  async function ask(id: string): Promise<unknown> {
    asked.push(id);
    const given = answer(id);
    if (given instanceof AppError) throw given;
    return given;
  }
  const names = createNames({
    conversationsInfo: ask,
    usersInfo: ask,
    now: () => now,
    wait: () => new Promise(() => {}),
  });
  return {
    names,
    asked,
    pass(ms: number) {
      now += ms;
    },
  };
}

it('a name is asked for once in some minutes', async () => {
  const { names, asked, pass } = someNames(() => ({ channel: { name: 'ops' } }));
  for (let times = 0; times < 3; times += 1) expect(await names.ofChannel('C1')).toBe('ops');
  expect(asked).toHaveLength(1);
  pass(5 * 60_000);
  await names.ofChannel('C1');
  expect(asked).toHaveLength(2);
});

it('a name that Slack will not tell is none, and one that it cannot tell just now is asked for again', async () => {
  const refused = someNames(() => new AppError('forbidden', 'missing_scope'));
  expect(await refused.names.ofChannel('C1')).toBeNull();
  expect(await refused.names.ofPerson('U1')).toBeNull();
  const troubled = someNames(() => new AppError('unavailable', 'away'));
  await expect(troubled.names.ofChannel('C1')).rejects.toMatchObject({ code: 'unavailable' });
  expect(await troubled.names.ofPerson('U1')).toBeNull();
  await troubled.names.ofPerson('U1');
  expect(troubled.asked).toEqual(['C1', 'U1', 'U1']);
});

it('a person has the name that others see, else the real one, else the short one', async () => {
  const people: Record<string, object> = {
    U1: { name: 'ann', real_name: 'Ann Example', profile: { display_name: 'Annie' } },
    U2: { name: 'bob', real_name: 'Bob Example', profile: { display_name: '' } },
    U3: { name: 'cleo' },
  };
  const { names } = someNames((id) => ({ user: people[id] }));
  expect(await Promise.all(['U1', 'U2', 'U3', 'U4', ''].map(names.ofPerson))).toEqual([
    'Annie',
    'Bob Example',
    'cleo',
    null,
    null,
  ]);
});
