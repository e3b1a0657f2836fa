import type { SettingsView } from '../../../shared/settings-view.ts';
import { rememberedPlace } from './guide-memory.ts';

/** Whether the window begins with the guide: nothing is set up yet, or the guide was under way when the window closed. */
export function isFirstStart({ settings }: SettingsView): boolean {
  const isUntouched = settings.every(({ name, isSet }) => !isSet || !firstNeeded.has(name));
  return isUntouched || rememberedPlace()?.isLeft === false;
}

const firstNeeded = new Set(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'JIRA_BASE_URL', 'JIRA_API_TOKEN']);
