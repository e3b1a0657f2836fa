import { Button } from '@mantine/core';
import { jiraLogin, type LoginNeed } from '../../../shared/jira-login.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { Notice } from '../../components/notice.tsx';
import { SecretField } from '../../components/secret-field.tsx';
import { SettingNote } from '../../components/setting-note.tsx';
import { TextSetting } from '../../components/text-setting.tsx';
import { draftedValue, fieldOf, useSettingsDraft } from './settings-draft.ts';

/** What a login to the Jira that is typed takes, and why that may be of no use. */
export function JiraLoginFields({ view }: { view: SettingsView }) {
  const draft = useSettingsDraft();
  const { needs, obstacle } = jiraLogin((name) => draftedValue(view, draft, name));
  return (
    <>
      {obstacle !== null && <Obstacle view={view} title={obstacle} />}
      {needs.map((need) => (
        <Field key={need.name} view={view} need={need} />
      ))}
    </>
  );
}

function Field({ view, need }: { view: SettingsView; need: LoginNeed }) {
  const { name, isSecret = false, source: _, ...words } = need;
  const field = fieldOf(view, useSettingsDraft(), name);
  return isSecret ? <SecretField {...field} {...words} /> : <TextSetting {...field} {...words} />;
}

function Obstacle({ view, title }: { view: SettingsView; title: string }) {
  const { setting, onDraft } = fieldOf(view, useSettingsDraft(), 'JIRA_DEPLOYMENT');
  return (
    <Notice
      tone="warning"
      title={title}
      action={!setting.isFixed && <Button onClick={() => onDraft('cloud')}>Use Jira Cloud</Button>}
    >
      JIRA_DEPLOYMENT is set to datacenter, so nothing can be filed.
      <SettingNote setting={setting} />
    </Notice>
  );
}
