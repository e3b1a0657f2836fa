import type { ChannelMap } from '../../shared/channel-rules.ts';
import type { Settings } from '../../shared/settings.ts';

/** Settings with rules for channels. */
export function channelsOf(settings: Settings, rules: ChannelMap): Settings {
  return { ...settings, channels: { ...settings.channels, rules } };
}
