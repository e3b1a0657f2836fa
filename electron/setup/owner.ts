import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { OwnerView } from '../../shared/settings-view.ts';
import { ownerKey } from '../settings/saved-file.ts';
import type { SavedSettings } from '../settings/saved-settings.ts';

export interface OwnerDeps {
  saved: Pick<SavedSettings, 'readPlain' | 'write'>;
  /** Has the bot send a person, by Slack id, the code. */
  sendCode(user: string, code: string): Promise<void>;
  /** People this desktop has met. */
  candidates(): Promise<OwnerView['candidates']>;
  /** Slack's id of the workspace that this desktop is connected to; null before the first connection of this run. */
  team(): string | null;
  /** Milliseconds since 1970; the computer's clock where absent. */
  now?: () => number;
  /** Six digits; random where absent. */
  randomCode?: () => string;
}

/** Whose desktop this is: a person says it, and proves it once with a code that only they were sent. */
export interface Owner {
  /** Whose desktop it is, without asking anybody; null where nobody has proved it, or not in this workspace. */
  current(): OwnerView['owner'];
  /** Another workspace has other people, so there is no owner before it is known which one this is. */
  read(): Promise<OwnerView>;
  /**
   * Throws `unavailable` before the workspace is known, `rate_limited` where a code was sent moments ago or three within
   * an hour, and what `sendCode` throws.
   */
  ask(user: string): Promise<OwnerView>;
  /**
   * Throws `invalid_input` for a wrong code, `not_found` where none is valid (any more) in this workspace, and
   * `unavailable` before that is known.
   */
  confirm(code: string): Promise<OwnerView>;
  forget(): Promise<OwnerView>;
}

const validMs = 10 * 60_000;
const mostWrong = 5;
const pauseMs = 30_000;
/**
 * Codes within an hour, and so 15 guesses at a million. Not kept over a restart: only a person or a program of
 * this account can restart us, and either could write the owner into settings.json as well.
 */
const mostCodes = 3;
const hourMs = 60 * 60_000;

const storedSchema = z.object({
  user: z.string().min(1),
  name: z.string().nullable(),
  team: z.string(),
  confirmedAt: z.iso.datetime(),
});

interface Pending {
  user: string;
  /** Where the code was sent. */
  team: string;
  /** The code itself is kept nowhere. */
  hash: Buffer;
  expiresAt: number;
  wrong: number;
}

export function createOwner(deps: OwnerDeps): Owner {
  const { saved, team, now = Date.now, randomCode = sixDigits } = deps;
  const salt = randomBytes(16);
  const takeCode = createCodeBudget(now);
  let pending: Pending | null = null;

  const hashOf = (code: string) => createHash('sha256').update(salt).update(code).digest();

  function current(): OwnerView['owner'] {
    const stored = storedSchema.safeParse(saved.readPlain()[ownerKey]).data;
    if (stored === undefined || stored.team !== team()) return null;
    const { user, name, confirmedAt } = stored;
    return { user, name, confirmedAt };
  }

  function knownTeam(): string {
    const here = team();
    if (here !== null) return here;
    const message = 'It is not known yet which workspace this is. Wait until Slack is connected, then try again.';
    throw new AppError('unavailable', message);
  }

  function valid(): Pending | null {
    if (pending !== null && pending.expiresAt <= now()) pending = null;
    return pending;
  }

  async function read(): Promise<OwnerView> {
    const waiting = valid();
    return {
      owner: current(),
      pending: waiting === null ? null : { user: waiting.user, expiresAt: new Date(waiting.expiresAt).toISOString() },
      candidates: await deps.candidates(),
    };
  }

  return {
    current,
    read,

    async ask(user) {
      const here = knownTeam();
      const giveBack = takeCode();
      const code = randomCode();
      try {
        await deps.sendCode(user, code);
      } catch (thrown) {
        giveBack();
        throw thrown;
      }
      pending = { user, team: here, hash: hashOf(code), expiresAt: now() + validMs, wrong: 0 };
      return read();
    },

    async confirm(code) {
      const here = knownTeam();
      const waiting = valid();
      if (waiting === null || waiting.team !== here) {
        throw new AppError('not_found', 'There is no code to confirm, or it has expired. Ask for a new one.');
      }
      if (!timingSafeEqual(hashOf(code.replace(/[\s-]/g, '')), waiting.hash)) throw wrongCode(waiting);
      const name = (await deps.candidates()).find(({ id }) => id === waiting.user)?.name ?? null;
      const owner = { user: waiting.user, name, team: here, confirmedAt: new Date(now()).toISOString() };
      await saved.write({ [ownerKey]: owner }, { allowPlainText: false });
      pending = null;
      return read();
    },

    async forget() {
      pending = null;
      await saved.write({ [ownerKey]: null }, { allowPlainText: false });
      return read();
    },
  };

  function wrongCode(waiting: Pending): AppError {
    waiting.wrong += 1;
    const left = mostWrong - waiting.wrong;
    if (left > 0) {
      return new AppError(
        'invalid_input',
        `That is not the code. You can try ${left === 1 ? 'once' : `${left} times`} more.`,
      );
    }
    pending = null;
    return new AppError('invalid_input', 'That was not the code either, so it is no longer valid. Ask for a new one.');
  }
}

/** Counts codes. Each call takes one, or throws `rate_limited`; what it returns gives that one back. */
function createCodeBudget(now: () => number): () => () => void {
  /** When codes were sent within the last hour, the newest last. */
  let sentAt: number[] = [];

  function demandOne(): void {
    sentAt = sentAt.filter((at) => at + hourMs > now());
    const [oldest] = sentAt.slice(-mostCodes);
    if (oldest !== undefined && sentAt.length >= mostCodes) {
      const waitMs = oldest + hourMs - now();
      const minutes = Math.ceil(waitMs / 60_000);
      const when = minutes === 1 ? 'in one minute' : `in ${minutes} minutes`;
      const message = `Three codes were sent within an hour, which is as many as there are. Ask for another one ${when}.`;
      throw new AppError('rate_limited', message, { retryAfterMs: waitMs });
    }
    const waitMs = (sentAt.at(-1) ?? Number.NEGATIVE_INFINITY) + pauseMs - now();
    if (waitMs <= 0) return;
    const message = `A code was sent moments ago. Ask for another one in ${Math.ceil(waitMs / 1000)} s.`;
    throw new AppError('rate_limited', message, { retryAfterMs: waitMs });
  }

  return () => {
    demandOne();
    const at = now();
    sentAt = [...sentAt, at];
    return () => {
      sentAt = sentAt.filter((each) => each !== at);
    };
  };
}

function sixDigits(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}
