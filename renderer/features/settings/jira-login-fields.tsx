import { Button } from '@mantine/core';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { Notice } from '../../components/notice.tsx';
import { SecretField } from '../../components/secret-field.tsx';
import { SettingNote } from '../../components/setting-note.tsx';
import { TextSetting } from '../../components/text-setting.tsx';
import { draftedValue, fieldOf, useSettingsDraft } from './settings-draft.ts';

/** What a login to Jira takes: `jiraLogin` in `shared/jira-login.ts` says which of it is needed. */
export function JiraLoginFields({ view }: { view: SettingsView }) {
  const draft = useSettingsDraft();
  return (
    <>
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
    </>
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
