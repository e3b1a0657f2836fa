import { NativeSelect } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { isUnprotected, readJiraAddress } from '../../../shared/jira-address.ts';
import type { LoginNeed } from '../../../shared/jira-login.ts';
import { settingLabels } from '../../../shared/setting-labels.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { fieldLook } from '../../components/field-look.ts';
import { SecretField } from '../../components/secret-field.tsx';
import { SettingNote } from '../../components/setting-note.tsx';
import { TextSetting } from '../../components/text-setting.tsx';
import { JiraFindings } from './found-jira.tsx';
import { draftedValue, draftSetting, fieldOf, useSettingsDraft } from './settings-draft.ts';
import { faultIn } from './settings-sections.ts';
import type { FoundJira } from './use-found-jira.ts';

/** What a login to the Jira that is typed takes: its address, and then what the one that answers there asks for. */
export function JiraLoginFields({ view, jira }: { view: SettingsView; jira: FoundJira }) {
  useNamedProject(view, jira.address);
  const isAddress = ({ name }: LoginNeed) => name === 'JIRA_BASE_URL';
  const fields = (wanted: LoginNeed[]) =>
    wanted.map((need) => <Field key={need.name} view={view} need={need} address={jira.address} />);
  return (
    <>
      {fields(jira.login.fields.filter(isAddress))}
      <JiraFindings view={view} jira={jira} />
      <WhichJira
        view={view}
        isUnknown={jira.found?.finding?.level === 'problem' && !isUnprotected(readJiraAddress(jira.address).base ?? '')}
      />
      {fields(jira.login.fields.filter((need) => !isAddress(need)))}
    </>
  );
}

function Field({ view, need, address }: { view: SettingsView; need: LoginNeed; address: string }) {
  const { name, isSecret = false, source: _, help, ...label } = need;
  const field = fieldOf(view, useSettingsDraft(), name);
  // What nobody can enter here needs no help.
  const words = { ...label, ...(help === undefined || field.setting.isFixed ? {} : { help }) };
  if (isSecret) return <SecretField {...field} {...words} />;
  // Not while it is being typed.
  const faultOf = (text: string) => (text === address ? faultIn(name, text) : null);
  return <TextSetting {...field} {...words} {...(name === 'JIRA_BASE_URL' ? { faultOf } : {})} />;
}

/** Which Jira it is, for whoever knows it where nobody could find out. */
function WhichJira({ view, isUnknown }: { view: SettingsView; isUnknown: boolean }) {
  const draft = useSettingsDraft();
  const { setting, onDraft } = fieldOf(view, draft, 'JIRA_DEPLOYMENT');
  const said = draftedValue(view, draft, 'JIRA_DEPLOYMENT');
  if (!isUnknown && said === '' && !setting.isSet) return null;
  return (
    <NativeSelect
      {...fieldLook}
      label={settingLabels.JIRA_DEPLOYMENT}
      value={said}
      onChange={({ currentTarget: { value } }) => onDraft(value === (setting.value ?? '') ? undefined : value)}
      disabled={setting.isFixed}
      data={[
        { value: '', label: 'Whatever answers at the address' },
        { value: 'cloud', label: 'Jira Cloud' },
        { value: 'datacenter', label: 'Jira Data Center' },
      ]}
      description={<SettingNote setting={setting} />}
    />
  );
}

/** Proposes the project that a typed address names, where none is chosen; what a person chose is never replaced. */
function useNamedProject(view: SettingsView, address: string): void {
  const draft = useSettingsDraft();
  const proposed = useRef({ for: '', key: '' });
  const { setting } = fieldOf(view, draft, 'JIRA_PROJECT_KEY');
  const chosen = draftedValue(view, draft, 'JIRA_PROJECT_KEY');
  const isOpen = !setting.isFixed && (chosen === '' || chosen === proposed.current.key);
  const { project } = readJiraAddress(address);
  useEffect(() => {
    if (!isOpen || project === null || proposed.current.for === address) return;
    proposed.current = { for: address, key: project };
    draftSetting('JIRA_PROJECT_KEY', project);
  }, [isOpen, project, address]);
}
