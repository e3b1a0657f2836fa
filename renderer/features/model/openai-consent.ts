import type { SettingName } from '../../../shared/settings.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';

/** Whether OpenAI may be asked, and could be. */
export interface OpenAiConsent {
  isAllowed: boolean;
  hasKey: boolean;
  /** Whom the text would go to. */
  host: string;
  model: string;
}

export function openAiConsent({ settings }: SettingsView): OpenAiConsent {
  const find = (name: SettingName) => settings.find((setting) => setting.name === name);
  const address = find('OPENAI_BASE_URL')?.value ?? '';
  return {
    isAllowed: find('OPENAI_ALLOWED')?.value === 'true',
    hasKey: find('OPENAI_API_KEY')?.isSet ?? false,
    host: URL.canParse(address) ? new URL(address).host : 'api.openai.com',
    model: find('OPENAI_MODEL')?.value ?? '',
  };
}
