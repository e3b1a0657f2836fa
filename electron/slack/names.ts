import { z } from 'zod';
import { reactionTo, toAppError } from '../../shared/errors.ts';
import { placeKind } from '../../shared/places.ts';

/** Names of people and places, which events do not have. */
export interface Names {
  /** Name of a channel without `#`; null where it has none, or the app may not know it. Throws what passes by itself. */
  ofChannel(channel: string): Promise<string | null>;
  /** Name of a person; null where nobody knows it just now. Never rejects: it is a courtesy. */
  ofPerson(user: string): Promise<string | null>;
}

/** A name may change: how long one is believed, in milliseconds, and how many are kept. */
const believedMs = 5 * 60_000;
const mostKept = 1_000;
/** A ticket waits for so long at most to know a person's name, in milliseconds. */
const patienceMs = 2_000;

const name = z.string().min(1).optional().catch(undefined);
const channelSchema = z.object({ channel: z.object({ name, is_im: z.boolean().optional().catch(undefined) }) });
const personSchema = z.object({
  user: z.object({
    name,
    real_name: name,
    profile: z.object({ display_name: name, real_name: name }).optional().catch(undefined),
  }),
});

export interface NamesDeps {
  /** Ask Slack for a channel (`conversations.info`) and for a person (`users.info`). Throw AppError. */
  conversationsInfo(channel: string): Promise<unknown>;
  usersInfo(user: string): Promise<unknown>;
  /** Milliseconds on a clock that nobody can set. */
  now?: () => number;
  /** Resolves after so many milliseconds. */
  wait(ms: number): Promise<void>;
}

/** Asks Slack for names, and remembers them for some minutes. */
export function createNames({ conversationsInfo, usersInfo, now = () => performance.now(), wait }: NamesDeps): Names {
  const kept = new Map<string, { name: string | null; until: number }>();

  async function remembered(id: string, ask: () => Promise<string | null>): Promise<string | null> {
    const known = kept.get(id);
    if (known !== undefined && now() < known.until) return known.name;
    const answer = await ask();
    if (kept.size >= mostKept) kept.clear();
    kept.set(id, { name: answer, until: now() + believedMs });
    return answer;
  }

  /** Null where Slack will not say, today or tomorrow. */
  async function unlessRefused<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work;
    } catch (thrown) {
      if (reactionTo(toAppError(thrown).code) !== 'give_up') throw thrown;
      return null;
    }
  }

  return {
    async ofChannel(channel) {
      // As a slash command calls it.
      if (placeKind({ channel, channelName: null }) === 'direct_message') return 'directmessage';
      return remembered(channel, async () => {
        const answer = channelSchema.safeParse(await unlessRefused(conversationsInfo(channel))).data?.channel;
        return answer?.name ?? null;
      });
    },

    async ofPerson(user) {
      if (user === '') return null;
      const asked = remembered(user, async () => {
        const person = personSchema.safeParse(await unlessRefused(usersInfo(user))).data?.user;
        return person?.profile?.display_name ?? person?.profile?.real_name ?? person?.real_name ?? person?.name ?? null;
      });
      return Promise.race([asked.catch(() => null), wait(patienceMs).then(() => null)]);
    },
  };
}
