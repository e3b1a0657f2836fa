import { Button } from '@mantine/core';
import { useState } from 'react';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import { useNavigation } from '../../navigation/navigation.ts';
import { fieldOf, useSettingsDraft } from '../settings/settings-draft.ts';
import { SwitchSetting } from '../settings/switch-setting.tsx';
import { CommandLine } from './command-line.tsx';
import styles from './guide.module.css';

export interface LastThingsProps {
  view: SettingsView;
  onSaved(view: SettingsView): void;
}

/** What to do in Slack now, and two things that make the program at home on this computer. */
export function LastThings({ view, onSaved }: LastThingsProps) {
  const { go } = useNavigation();
  const save = useAction('settings:save');
  const [wanted, setWanted] = useState<string | undefined>(undefined);
  const { setting } = fieldOf(view, useSettingsDraft(), 'START_AT_LOGIN');

  async function startAtLogin(text: string | undefined) {
    const isOn = text ?? setting.value ?? 'false';
    setWanted(isOn);
    const answer = await save.run({ change: { START_AT_LOGIN: isOn }, allowPlainText: false });
    if (answer !== null) onSaved(answer.value);
    setWanted(undefined);
  }

  return (
    <>
      <h3 className={styles['subhead']}>Then, in Slack</h3>
      <ol className={styles['numbered']}>
        <li>
          <p>Invite the bot to your channel.</p>
          <CommandLine text="/invite @ticket_agent" />
        </li>
        <li>
          <p>Type your first ticket there.</p>
          <CommandLine text="/ticket the app crashes when I save" />
        </li>
      </ol>
      <h3 className={styles['subhead']}>On this computer</h3>
      <SwitchSetting
        setting={setting}
        draft={wanted}
        onDraft={startAtLogin}
        label="Start at login"
        help="In the background, so that tickets are taken without anybody opening the window."
      />
      <TroubleNotice trouble={save.trouble} title="Not saved" />
      <div>
        <p className={styles['quiet']}>To approve tickets from this window, tell it who you are in Slack.</p>
        <Button
          variant="subtle"
          className={styles['outdent']}
          onClick={() => go({ page: 'Settings', section: 'owner' })}
        >
          Say whose desktop this is
        </Button>
      </div>
    </>
  );
}
