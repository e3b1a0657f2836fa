import type { SettingsView } from '../../../shared/settings-view.ts';
import { CredentialCheck } from '../../components/credential-check.tsx';
import { Panel } from '../../components/panel.tsx';
import styles from './fields.module.css';
import { TokenPageButton } from './found-jira.tsx';
import { IssueTypes } from './issue-types.tsx';
import { JiraLoginFields } from './jira-login-fields.tsx';
import { JiraProject } from './jira-project.tsx';
import { useSettingsDraft } from './settings-draft.ts';
import { changesOf } from './settings-sections.ts';
import { type FoundJira, useFoundJira } from './use-found-jira.ts';
import { type JiraOffer, useJiraOffer } from './use-jira-offer.ts';

/** The account that files, and what becomes of each kind of ticket. */
export function JiraSection({ view }: { view: SettingsView }) {
  const jira = useFoundJira(view);
  const offer = useJiraOffer(view, jira.login);
  return (
    <>
      <JiraAccount view={view} jira={jira} offer={offer} />
      <Panel title="Project and issue types" description="Where tickets are filed, and as what.">
        <div className={styles['fields']}>
          <JiraProject view={view} offer={offer} />
        </div>
        <IssueTypes view={view} offer={offer} />
      </Panel>
    </>
  );
}

function JiraAccount({ view, jira, offer }: { view: SettingsView; jira: FoundJira; offer: JiraOffer }) {
  const draft = useSettingsDraft();
  const change = changesOf('jira', view, draft);
  return (
    <Panel
      title="Jira"
      description="The account in whose name issues are created."
      aside={<TokenPageButton jira={jira} isShort />}
    >
      <div className={styles['fields']}>
        <JiraLoginFields view={view} jira={jira} />
        <CredentialCheck target="jira" change={change} label="Test Jira" asking="Asking Jira…" onPassed={offer.look} />
      </div>
    </Panel>
  );
}
