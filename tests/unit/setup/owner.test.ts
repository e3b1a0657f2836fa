import { beforeEach, describe, expect, it } from 'vitest';
import type { SettingsChange } from '../../../electron/settings/apply-change.ts';
import { applyChange } from '../../../electron/settings/apply-change.ts';
import { createOwner } from '../../../electron/setup/owner.ts';
import { AppError } from '../../../shared/errors.ts';

const minute = 60_000;
let file: Record<string, unknown>;
let now: number;
let team: string | null;
let sent: [user: string, code: string][];
let sending: () => Promise<void>;

beforeEach(() => {
  file = { JIRA_EMAIL: 'a@example.com' };
  now = Date.UTC(2026, 0, 1);
  team = 'T1';
  sent = [];
  sending = async () => {};
});

function owner(randomCode?: () => string) {
  return createOwner({
    saved: {
      readPlain: () => file,
      write: async (change: SettingsChange) => {
        file = applyChange(file, change);
      },
    },
    async sendCode(user, code) {
      await sending();
      sent.push([user, code]);
    },
    candidates: async () => [{ id: 'U1', name: 'Ada' }],
    team: () => team,
    now: () => now,
    ...(randomCode ? { randomCode } : {}),
  });
}
const withCode = () => owner(() => '012345');

describe('whose desktop this is', () => {
  it('is nobody’s at first', async () => {
    expect(await owner().read()).toEqual({ owner: null, pending: null, candidates: [{ id: 'U1', name: 'Ada' }] });
  });

  it('is known once the person enters the code that they were sent', async () => {
    const desk = withCode();
    expect((await desk.ask('U1')).pending).toEqual({ user: 'U1', expiresAt: '2026-01-01T00:10:00.000Z' });
    expect(sent).toEqual([['U1', '012345']]);
    now += minute;
    const view = await desk.confirm(' 012-345 ');
    const confirmed = { user: 'U1', name: 'Ada', confirmedAt: '2026-01-01T00:01:00.000Z' };
    expect(view).toMatchObject({ owner: confirmed, pending: null });
    expect(file).toEqual({ JIRA_EMAIL: 'a@example.com', desk_owner: { ...confirmed, team: 'T1' } });
    expect((await owner().read()).owner).toEqual(confirmed);
  });

  it('is forgotten on demand, with the rest of the file kept', async () => {
    const desk = withCode();
    await desk.ask('U9');
    await desk.confirm('012345');
    expect((await desk.forget()).owner).toBeNull();
    expect(file).toEqual({ JIRA_EMAIL: 'a@example.com' });
  });

  it('is nobody’s in another workspace, and where the workspace is not known', async () => {
    const desk = withCode();
    await desk.ask('U1');
    await desk.confirm('012345');
    team = 'T2';
    expect((await desk.read()).owner).toBeNull();
    team = null;
    expect((await desk.read()).owner).toBeNull();
    expect(desk.current()).toBeNull();
    team = 'T1';
    expect((await desk.read()).owner).toMatchObject({ user: 'U1' });
  });

  it('cannot be proved before the workspace is known, nor in another one than the code was sent in', async () => {
    const desk = withCode();
    team = null;
    await expect(desk.ask('U1')).rejects.toMatchObject({ code: 'unavailable' });
    expect(sent).toEqual([]);
    team = 'T1';
    await desk.ask('U1');
    team = null;
    await expect(desk.confirm('012345')).rejects.toMatchObject({ code: 'unavailable' });
    team = 'T2';
    await expect(desk.confirm('012345')).rejects.toMatchObject({ code: 'not_found' });
    team = 'T1';
    await expect(desk.confirm('012345')).resolves.toMatchObject({ owner: { user: 'U1' } });
  });

  it.each(['U1', { user: 'U1' }, { user: '', name: null, team: 'T1', confirmedAt: 'yesterday' }, []])(
    'is nobody’s where the file is damaged: %j',
    async (damaged) => {
      file = { desk_owner: damaged };
      expect((await owner().read()).owner).toBeNull();
    },
  );
});

describe('the code', () => {
  it('has six random digits, and its text is kept nowhere', async () => {
    const desk = owner();
    const view = await desk.ask('U1');
    const code = sent[0]?.[1] ?? '';
    expect(code).toMatch(/^\d{6}$/);
    expect(JSON.stringify([view, file])).not.toContain(code);
    await expect(desk.confirm(code)).resolves.toMatchObject({ owner: { user: 'U1' } });
  });

  it('is sent once in half a minute', async () => {
    const desk = withCode();
    await desk.ask('U1');
    now += 29_000;
    await expect(desk.ask('U2')).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 1000 });
    now += 1000;
    expect((await desk.ask('U2')).pending?.user).toBe('U2');
  });

  it('is sent three times an hour at most, for whomever, and guessed fifteen times', async () => {
    const desk = withCode();
    let guesses = 0;
    for (const user of ['U1', 'U2', 'U1']) {
      await desk.ask(user);
      for (let wrong = 0; wrong < 5; wrong += 1) {
        await expect(desk.confirm('999999')).rejects.toMatchObject({ code: 'invalid_input' });
        guesses += 1;
      }
      await expect(desk.confirm('012345')).rejects.toMatchObject({ code: 'not_found' });
      now += minute;
    }
    expect(guesses).toBe(15);
    const refused = (message: string) => ({ code: 'rate_limited', message: expect.stringContaining(message) });
    await expect(desk.ask('U1')).rejects.toMatchObject({ ...refused('in 57 minutes'), retryAfterMs: 57 * minute });
    // Forgetting the owner is no way around it.
    await desk.forget();
    now += 56 * minute;
    await expect(desk.ask('U3')).rejects.toMatchObject(refused('in one minute'));
    now += minute;
    expect((await desk.ask('U3')).pending?.user).toBe('U3');
    await expect(desk.ask('U3')).rejects.toMatchObject(refused('in one minute'));
    now += 2 * minute;
    expect((await desk.ask('U3')).pending?.user).toBe('U3');
    expect(sent).toHaveLength(5);
  });

  it('counts only where it was sent', async () => {
    const desk = withCode();
    sending = () => Promise.reject(new AppError('unavailable', 'Slack cannot be reached.'));
    for (let time = 0; time < 5; time += 1) await expect(desk.ask('U1')).rejects.toMatchObject({ code: 'unavailable' });
    sending = async () => {};
    expect((await desk.ask('U1')).pending?.user).toBe('U1');
  });

  it('is counted while it is still being sent', async () => {
    const desk = withCode();
    let release = () => {};
    sending = () => new Promise((resolve) => (release = resolve));
    const first = desk.ask('U1');
    await expect(desk.ask('U2')).rejects.toMatchObject({ code: 'rate_limited' });
    release();
    await first;
  });

  it('may be asked for again at once where it could not be sent', async () => {
    const desk = withCode();
    sending = () => Promise.reject(new AppError('unavailable', 'Slack cannot be reached.'));
    await expect(desk.ask('U1')).rejects.toMatchObject({ code: 'unavailable' });
    expect((await desk.read()).pending).toBeNull();
    sending = async () => {};
    expect((await desk.ask('U1')).pending?.user).toBe('U1');
  });

  it('is valid for ten minutes', async () => {
    const desk = withCode();
    await desk.ask('U1');
    now += 10 * minute;
    expect((await desk.read()).pending).toBeNull();
    await expect(desk.confirm('012345')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is no longer valid after five wrong ones', async () => {
    const desk = withCode();
    await desk.ask('U1');
    for (const left of ['4 times', '3 times', '2 times', 'once', 'no longer valid']) {
      const message = expect.stringContaining(left);
      await expect(desk.confirm('999999')).rejects.toMatchObject({ code: 'invalid_input', message });
    }
    await expect(desk.confirm('012345')).rejects.toMatchObject({ code: 'not_found' });
    expect((await desk.read()).owner).toBeNull();
  });

  it('works once', async () => {
    const desk = withCode();
    await desk.ask('U1');
    await desk.confirm('012345');
    await expect(desk.confirm('012345')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('cannot be confirmed where none was asked for', async () => {
    await expect(owner().confirm('012345')).rejects.toMatchObject({ code: 'not_found' });
  });
});
