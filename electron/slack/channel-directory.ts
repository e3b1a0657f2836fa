import { z } from 'zod';
import { listOf } from '../network/bounded-schema.ts';
import { tooLate, within } from './deadline.ts';

/** What is known of channels by id and name. */
export interface ChannelDirectory {
  /** Name of a channel; null where Slack does not tell in time. Never rejects. */
  nameOf(id: string): Promise<string | null>;
  /**
   * The channels that the settings name, by id and name; `any` where they name none. Where Slack does not tell them within so
   * many milliseconds, as the settings name them. Never rejects.
   */
  offered(patienceMs: number): Promise<readonly { id: string; name: string | null }[] | 'any'>;
}

export interface ChannelDirectoryDeps {
  /** Asks Slack for a channel's name; throws what passes by itself. */
  nameOf(id: string): Promise<string | null>;
  /** Asks Slack for a page of all channels (`conversations.list`). */
  list(cursor: string | null): Promise<unknown>;
  /** Names or ids of channels that the settings have rules for. */
  configured(): readonly string[];
  /** Milliseconds since 1970. */
  now?: () => number;
}

const channelSchema = z.object({ id: z.string(), name: z.string().nullish() });
const pageSchema = z.object({
  channels: listOf(channelSchema.nullable().catch(null)),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});
const goodForMs = 10 * 60_000;
/** Pages of 200 channels. */
const mostPages = 10;

export function createChannelDirectory(deps: ChannelDirectoryDeps): ChannelDirectory {
  const { list, configured, now = Date.now } = deps;
  const names = new Map<string, { name: string | null; until: number }>();
  let lastList: { wanted: string; ids: Map<string, string>; until: number } | null = null;
  let listing: { wanted: string; ids: Promise<Map<string, string>> } | null = null;

  function learn(id: string, name: string | null): void {
    names.set(id, { name, until: now() + goodForMs });
  }

  async function nameOf(id: string): Promise<string | null> {
    const known = names.get(id);
    if (known !== undefined && known.until > now()) return known.name;
    return (await deps.nameOf(id).catch(() => null)) ?? known?.name ?? null;
  }

  /** Ids by name, of a list that Slack told lately or is telling. */
  async function idsOf(wanted: readonly string[]): Promise<Map<string, string>> {
    const key = wanted.join(' ');
    if (lastList !== null && lastList.wanted === key && lastList.until > now()) return lastList.ids;
    if (listing?.wanted === key) return listing.ids;
    const own = { wanted: key, ids: listed(wanted) };
    listing = own;
    try {
      const ids = await own.ids;
      lastList = { wanted: key, ids, until: now() + goodForMs };
      return ids;
    } finally {
      if (listing === own) listing = null;
    }
  }

  /** Asks Slack for pages of channels until there are all that are wanted. */
  async function listed(wanted: readonly string[]): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    let cursor: string | null = null;
    for (let page = 0; page < mostPages; page += 1) {
      const given: unknown = await list(cursor).catch(() => null);
      const answer: z.infer<typeof pageSchema> | undefined = pageSchema.safeParse(given).data;
      for (const channel of answer?.channels ?? []) {
        if (channel?.name) ids.set(channel.name, channel.id);
        if (channel?.name) learn(channel.id, channel.name);
      }
      cursor = answer?.response_metadata?.next_cursor || null;
      if (cursor === null || wanted.every((name) => ids.has(name))) break;
    }
    return ids;
  }

  async function looked(keys: readonly string[]) {
    const wanted = keys.filter((key) => !isId(key));
    const ids = wanted.length === 0 ? new Map<string, string>() : await idsOf(wanted);
    const channels = await Promise.all(
      keys.map(async (key) =>
        isId(key) ? { id: key, name: await nameOf(key) } : { id: ids.get(key) ?? key, name: key },
      ),
    );
    return channels.filter(({ id }, index) => channels.findIndex((other) => other.id === id) === index);
  }

  return {
    nameOf,

    async offered(patienceMs) {
      const keys = configured().map((key) => key.replace(/^#/, ''));
      if (keys.length === 0) return 'any';
      const channels = await within(patienceMs, looked(keys));
      return channels === tooLate ? keys.map((key) => ({ id: key, name: isId(key) ? null : key })) : channels;
    },
  };
}

const isId = (key: string) => /^[CG][A-Z0-9]{2,}$/.test(key);
