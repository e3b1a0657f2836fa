import { settingLabels } from '../../../shared/setting-labels.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { CredentialCheck } from '../../components/credential-check.tsx';
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { SecretField } from '../../components/secret-field.tsx';
import { TextSetting } from '../../components/text-setting.tsx';
import { WebPageButton } from '../../components/web-page-button.tsx';
import styles from './fields.module.css';
import { draftedValue, fieldOf, useSettingsDraft } from './settings-draft.ts';
import { changesOf } from './settings-sections.ts';
import { SwitchSetting } from './switch-setting.tsx';

/** A model elsewhere, for those who allow it: the consent, then the key. */
export function OpenAiSection({ view }: { view: SettingsView }) {
  const draft = useSettingsDraft();
  const change = changesOf('openai', view, draft);
  const address = draftedValue(view, draft, 'OPENAI_BASE_URL').trim();
  const host = URL.canParse(address) ? new URL(address).host : 'the base URL below';
  return (
    <>
      <Panel
        title="OpenAI"
        description="Off unless you allow it here: this is the only way a ticket’s text leaves for a model elsewhere."
      >
        <div className={styles['fields']}>
          <SwitchSetting
            {...fieldOf(view, draft, 'OPENAI_ALLOWED')}
            label={`Allow sending tickets to ${host}`}
            help="By turning this on you agree to the following, for everybody whose tickets this computer takes."
          />
          <Facts
            items={[
              [
                'What is sent',
                'The first 8,000 characters of a ticket’s text, and our instruction to name its kind. No names or ids but those that stand in the text.',
              ],
              ['When', 'Only when no GGUF file on this computer could answer. Where one answers, nothing is sent.'],
              ['To whom', host],
              ['If it is off', 'The built-in model answers, on this computer.'],
            ]}
          />
        </div>
      </Panel>
      <Panel title="Key and model" aside={<WebPageButton page="openai_keys">Create a key</WebPageButton>}>
        <div className={styles['fields']}>
          <SecretField
            {...fieldOf(view, draft, 'OPENAI_API_KEY')}
            label={settingLabels.OPENAI_API_KEY}
            placeholder="sk-…"
            help="A project’s key that may write chat completions."
          />
          <TextSetting
            {...fieldOf(view, draft, 'OPENAI_MODEL')}
            label={settingLabels.OPENAI_MODEL}
            placeholder="gpt-4.1-mini"
          />
          <TextSetting
            {...fieldOf(view, draft, 'OPENAI_BASE_URL')}
            label={settingLabels.OPENAI_BASE_URL}
            placeholder="https://api.openai.com/v1"
            help="Of OpenAI, or of another server that speaks its language."
            inputMode="url"
          />
          <CredentialCheck
            target="openai"
            change={change}
            label="Test the key"
            asking={`Asking ${host}. No text is sent…`}
          />
        </div>
      </Panel>
    </>
  );
}
