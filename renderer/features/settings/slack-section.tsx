import { settingLabels } from '../../../shared/setting-labels.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { CredentialCheck } from '../../components/credential-check.tsx';
import { Panel } from '../../components/panel.tsx';
import { SecretField } from '../../components/secret-field.tsx';
import { WebPageButton } from '../../components/web-page-button.tsx';
import styles from './fields.module.css';
import { LeakedToken } from './leaked-token.tsx';
import { fieldOf, useSettingsDraft } from './settings-draft.ts';
import { changesOf } from './settings-sections.ts';

/** The two tokens of the Slack app. */
export function SlackSection({ view }: { view: SettingsView }) {
  const draft = useSettingsDraft();
  const change = changesOf('slack', view, draft);
  const { setting: api } = fieldOf(view, draft, 'SLACK_API_URL');
  return (
    <Panel
      title="Slack"
      description="Two tokens of one app: one to post, one to receive commands."
      aside={<WebPageButton page="slack_apps">Your Slack apps</WebPageButton>}
    >
      <div className={styles['fields']}>
        <SecretField
          {...fieldOf(view, draft, 'SLACK_BOT_TOKEN')}
          label={settingLabels.SLACK_BOT_TOKEN}
          placeholder="xoxb-…"
          help="In the app’s settings: OAuth & Permissions, Bot User OAuth Token."
        />
        <LeakedToken view={view} />
        <CredentialCheck target="slack_bot" change={change} label="Test the bot token" asking="Asking Slack…" />
        <hr />
        <SecretField
          {...fieldOf(view, draft, 'SLACK_APP_TOKEN')}
          label={settingLabels.SLACK_APP_TOKEN}
          placeholder="xapp-…"
          help="In the app’s settings: Basic Information, App-Level Tokens, with the scope connections:write."
        />
        <CredentialCheck target="slack_app" change={change} label="Test the app-level token" asking="Asking Slack…" />
        {api.origin !== 'default' && (
          <p className={styles['quiet']}>
            Slack is asked at {api.value}, which SLACK_API_URL says ({api.origin}). It cannot be changed here.
          </p>
        )}
      </div>
    </Panel>
  );
}
