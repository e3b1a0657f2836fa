import { Button } from '@mantine/core';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { CredentialCheck } from '../../components/credential-check.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { SecretField } from '../../components/secret-field.tsx';
import { SettingNote } from '../../components/setting-note.tsx';
import { TextSetting } from '../../components/text-setting.tsx';
import { WebPageButton } from '../../components/web-page-button.tsx';
import styles from './fields.module.css';
import { IssueTypes } from './issue-types.tsx';
import { JiraProject } from './jira-project.tsx';
import { draftedValue, fieldOf, useSettingsDraft } from './settings-draft.ts';
import { changesOf } from './settings-sections.ts';
import { type JiraOffer, useJiraOffer } from './use-jira-offer.ts';

/** The account that files, and what becomes of each kind of ticket. */
export function JiraSection({ view }: { view: SettingsView }) {
  const offer = useJiraOffer(view);
  return (
    <>
      <JiraAccount view={view} offer={offer} />
      <Panel title="Project and issue types" description="Where tickets are filed, and as what.">
        <div className={styles['fields']}>
          <JiraProject view={view} offer={offer} />
        </div>
        <IssueTypes view={view} offer={offer} />
      </Panel>
    </>
  );
}

function JiraAccount({ view, offer }: { view: SettingsView; offer: JiraOffer }) {
  const draft = useSettingsDraft();
  const { change } = changesOf('jira', view, draft);
  return (
    <Panel
      title="Jira"
      description="The account in whose name issues are created."
      aside={<WebPageButton page="atlassian_tokens">Create a token</WebPageButton>}
    >
      <div className={styles['fields']}>
        <TextSetting
          {...fieldOf(view, draft, 'JIRA_BASE_URL')}
          label="Address of your site"
          placeholder="https://your-team.atlassian.net"
          help="Jira Cloud. Jira Data Center is not supported yet."
          inputMode="url"
        />
        <Deployment view={view} />
        <TextSetting
          {...fieldOf(view, draft, 'JIRA_EMAIL')}
          label="Email of the Atlassian account"
          placeholder="helpdesk@your-team.example"
          inputMode="email"
        />
        <SecretField
          {...fieldOf(view, draft, 'JIRA_API_TOKEN')}
          label="API token"
          help="Made by that account at id.atlassian.com, Security, API tokens. It ends after a year at the latest."
        />
        <CredentialCheck target="jira" change={change} label="Test Jira" asking="Asking Jira…" onPassed={offer.look} />
      </div>
    </Panel>
  );
}

/** Where Data Center is set, that is why nothing works; nothing otherwise. */
function Deployment({ view }: { view: SettingsView }) {
  const draft = useSettingsDraft();
  const { setting, onDraft } = fieldOf(view, draft, 'JIRA_DEPLOYMENT');
  if (draftedValue(view, draft, 'JIRA_DEPLOYMENT') !== 'datacenter') return null;
  return (
    <Notice
      tone="warning"
      title="Jira Data Center is not supported yet"
      action={!setting.isFixed && <Button onClick={() => onDraft('cloud')}>Use Jira Cloud</Button>}
    >
      JIRA_DEPLOYMENT is set to datacenter, so nothing can be filed.
      <SettingNote setting={setting} />
    </Notice>
  );
}
