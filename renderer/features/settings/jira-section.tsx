import type { SettingsView } from '../../../shared/settings-view.ts';
import { CredentialCheck } from '../../components/credential-check.tsx';
import { Panel } from '../../components/panel.tsx';
import { WebPageButton } from '../../components/web-page-button.tsx';
import styles from './fields.module.css';
import { IssueTypes } from './issue-types.tsx';
import { JiraLoginFields } from './jira-login-fields.tsx';
import { JiraProject } from './jira-project.tsx';
import { useSettingsDraft } from './settings-draft.ts';
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
  const change = changesOf('jira', view, draft);
  return (
    <Panel
      title="Jira"
      description="The account in whose name issues are created."
      aside={<WebPageButton page="atlassian_tokens">Create a token</WebPageButton>}
    >
      <div className={styles['fields']}>
        <JiraLoginFields view={view} />
        <CredentialCheck target="jira" change={change} label="Test Jira" asking="Asking Jira…" onPassed={offer.look} />
      </div>
    </Panel>
  );
}
