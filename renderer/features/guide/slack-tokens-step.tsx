import { settingLabels } from '../../../shared/setting-labels.ts';
import { SecretField } from '../../components/secret-field.tsx';
import { WebPageButton } from '../../components/web-page-button.tsx';
import { LeakedToken } from '../settings/leaked-token.tsx';
import { fieldOf, useSettingsDraft } from '../settings/settings-draft.ts';
import { CommandLine } from './command-line.tsx';
import styles from './guide.module.css';
import { StepHead } from './guide-heading.tsx';
import { PartLine } from './part-line.tsx';
import { SetupForm } from './setup-form.tsx';
import type { StepProps } from './steps.ts';

const targets = [
  { target: 'slack_bot', name: 'Bot token' },
  { target: 'slack_app', name: 'App-level token' },
] as const;

/** The app's two tokens. */
export function SlackTokensStep({ view, status, onSaved }: StepProps) {
  const draft = useSettingsDraft();
  const bot = fieldOf(view, draft, 'SLACK_BOT_TOKEN');
  const app = fieldOf(view, draft, 'SLACK_APP_TOKEN');
  const isSet = bot.setting.isSet && app.setting.isSet;
  const isTrouble = isSet && status.slack.state === 'trouble';
  return (
    <>
      <StepHead title="Paste the two tokens">
        With one the bot writes, with the other this computer listens. Both are on the page of the app that you just
        created.
      </StepHead>
      {isTrouble && <PartLine part="slack" status={status} />}
      <div className={styles['outdent']}>
        <WebPageButton page="slack_apps">Open Slack's app page</WebPageButton>
      </div>
      <SetupForm step="slack-tokens" view={view} targets={targets} asking="Asking Slack…" onSaved={onSaved}>
        <SecretField
          {...bot}
          label={settingLabels.SLACK_BOT_TOKEN}
          placeholder="xoxb-…"
          help="OAuth & Permissions > Bot User OAuth Token. It starts with xoxb-."
        />
        <LeakedToken view={view} />
        <SecretField
          {...app}
          label={settingLabels.SLACK_APP_TOKEN}
          placeholder="xapp-…"
          help="Basic Information > App-Level Tokens > Generate, with the scope connections:write. It starts with xapp-."
        />
      </SetupForm>
      {isSet && (
        <>
          {!isTrouble && <PartLine part="slack" status={status} />}
          <div className={styles['row']}>
            <span>Invite the bot where your team writes:</span>
            <CommandLine text="/invite @ticket_agent" />
          </div>
        </>
      )}
    </>
  );
}
