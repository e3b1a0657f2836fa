import { SecretField } from '../../components/secret-field.tsx';
import { TextSetting } from '../../components/text-setting.tsx';
import { WebPageButton } from '../../components/web-page-button.tsx';
import { fieldOf, useSettingsDraft } from '../settings/settings-draft.ts';
import styles from './guide.module.css';
import { StepHead } from './guide-heading.tsx';
import { PartLine } from './part-line.tsx';
import { SetupForm } from './setup-form.tsx';
import type { StepProps } from './steps.ts';

const targets = [{ target: 'jira', name: 'Jira' }] as const;

/** The account that files the tickets. */
export function JiraStep({ view, status, onSaved }: StepProps) {
  const draft = useSettingsDraft();
  const fields = {
    address: fieldOf(view, draft, 'JIRA_BASE_URL'),
    email: fieldOf(view, draft, 'JIRA_EMAIL'),
    token: fieldOf(view, draft, 'JIRA_API_TOKEN'),
  };
  const isSet = Object.values(fields).every(({ setting }) => setting.isSet);
  const isTrouble = isSet && status.jira.state === 'trouble';
  return (
    <>
      <StepHead title="Sign in to Jira">
        Issues are created in this account's name. One of its own, such as “Helpdesk”, tells them apart from a person's.
        It has to be Jira Cloud.
      </StepHead>
      {isTrouble && <PartLine part="jira" status={status} />}
      <div className={styles['outdent']}>
        <WebPageButton page="atlassian_tokens">Create an API token</WebPageButton>
      </div>
      <SetupForm step="jira" view={view} targets={targets} asking="Asking Jira…" onSaved={onSaved}>
        <TextSetting
          {...fields.address}
          label="Address of your site"
          placeholder="https://your-team.atlassian.net"
          inputMode="url"
        />
        <TextSetting
          {...fields.email}
          label="Email of the account"
          placeholder="helpdesk@your-team.example"
          inputMode="email"
        />
        <SecretField
          {...fields.token}
          label="API token"
          help="Created by that account, and shown only once. It ends after a year at the latest."
        />
      </SetupForm>
      {isSet && !isTrouble && <PartLine part="jira" status={status} />}
    </>
  );
}
