import { type ChannelMap, channelRulesIn, hasRulesByName } from '../../shared/channel-rules.ts';
import { isSameEmoji } from './emoji-names.ts';
import type { Names } from './names.ts';

/** Tells which emojis file messages, by channel. */
export interface FilingEmoji {
  /**
   * Whether this emoji files messages in this channel, so that a request of it is to be written down. Slack waits for
   * that: where it depends on the channel's name and Slack does not tell that in time, it is true, and `isWanted` decides.
   */
  files(emoji: string, of: { channel: string; requestId: string }): Promise<boolean>;
  /** Whether the request is to become a ticket, now that its channel's name is known, or known to be hidden. */
  isWanted(requestId: string, channel: { id: string; name: string | null }): boolean;
}

export interface FilingEmojiDeps {
  names: Pick<Names, 'ofChannel'>;
  /** What is said of channels in the settings. */
  channels(): ChannelMap;
  /** Resolves after so many milliseconds. */
  wait(ms: number): Promise<void>;
}

/** Slack delivers an event again that is not acknowledged within 3 s: so long a name may take, in milliseconds. */
const patienceMs = 2_000;
/** Requests about which nothing is decided yet that are remembered; what is forgotten is filed. */
const mostUndecided = 1_000;

export function createFilingEmoji({ names, channels, wait }: FilingEmojiDeps): FilingEmoji {
  /** The emojis of requests that were written down undecided, by request id. */
  const undecided = new Map<string, string[]>();

  const fits = (emoji: string, channel: { id: string; name: string | null }) =>
    isSameEmoji(channelRulesIn(channels(), channel).emoji, emoji);

  /** The channel's name; undefined where Slack does not tell it in time. */
  const nameOf = (channel: string) =>
    Promise.race([names.ofChannel(channel).catch(() => undefined), wait(patienceMs).then(() => undefined)]);

  return {
    async files(emoji, { channel, requestId }) {
      const map = channels();
      const others = hasRulesByName(map, channel) ? Object.keys(map) : [];
      const answers = new Set([null, ...others].map((name) => fits(emoji, { id: channel, name })));
      const [only] = answers;
      const name = answers.size === 1 ? null : await nameOf(channel);
      if (name !== undefined) {
        const isFiling = answers.size === 1 ? only === true : fits(emoji, { id: channel, name });
        if (isFiling) undecided.delete(requestId);
        return isFiling;
      }
      if (undecided.size >= mostUndecided) undecided.clear();
      undecided.set(requestId, [...(undecided.get(requestId) ?? []), emoji]);
      return true;
    },

    isWanted(requestId, channel) {
      const emojis = undecided.get(requestId);
      undecided.delete(requestId);
      return emojis === undefined || emojis.some((emoji) => fits(emoji, channel));
    },
  };
}
