import { z } from 'zod';
import type { ServiceGuard } from '../network/service-guard.ts';
import type { People } from '../tickets/ports/people.ts';
import { slackCodeOf, translateSlackError } from './errors.ts';

/** A ticket waits for so long at most to know an address, in milliseconds. */
const patienceMs = 2_000;
/** How long Slack is not asked again after it said that this bot may not. */
const refusedForMs = 60 * 60_000;
/** The bot lacks users:read.email, or users:read that it goes with, which is nobody's fault. */
const refusals: ReadonlySet<string | undefined> = new Set(['missing_scope', 'not_allowed_token_type', 'no_permission']);

const answerSchema = z.object({ user: z.object({ profile: z.object({ email: z.email() }) }) });

export interface PeopleDeps {
  /** Asks Slack for a person (`users.info`). */
  usersInfo(user: string): Promise<unknown>;
  guard: ServiceGuard['execute'];
  /** Milliseconds since 1970; the computer's clock where absent. */
  now?: () => number;
  /** Resolves after so many milliseconds. */
  wait(ms: number): Promise<void>;
}

/** Asks Slack for people's addresses, and keeps none of them. */
export function createPeople({ usersInfo, guard, wait, now = Date.now }: PeopleDeps): People {
  let isRefusedUntil = 0;

  async function ask(user: string): Promise<string | null> {
    try {
      const answer = await guard(() =>
        usersInfo(user).catch((thrown) => {
          const error = translateSlackError(thrown);
          if (refusals.has(slackCodeOf(error) ?? undefined)) isRefusedUntil = now() + refusedForMs;
          throw error;
        }),
      );
      return answerSchema.safeParse(answer).data?.user.profile.email ?? null;
    } catch {
      return null;
    }
  }

  return {
    async emailOf(user) {
      if (user === '' || isRefusedUntil > now()) return null;
      return Promise.race([ask(user), wait(patienceMs).then(() => null)]);
    },
  };
}
