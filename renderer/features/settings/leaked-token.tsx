import { Checkbox } from '@mantine/core';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { fieldLook } from '../../components/field-look.ts';
import { draftLeak, fieldOf, useSettingsDraft } from './settings-draft.ts';

/** Asks of a bot token that is being replaced or forgotten whether others have it; nothing where none is. */
export function LeakedToken({ view }: { view: SettingsView }) {
  const settingsDraft = useSettingsDraft();
  const { setting, draft } = fieldOf(view, settingsDraft, 'SLACK_BOT_TOKEN');
  if (!setting.isSet || setting.isFixed || draft === undefined) return null;
  return (
    <Checkbox
      classNames={{ description: fieldLook.classNames.description }}
      label="The old token leaked: do not trust what it signed"
      description="Otherwise decisions that other desktops signed with it count here for 30 days more. Say it on every desktop."
      checked={settingsDraft.isTokenLeaked}
      onChange={(event) => draftLeak(event.currentTarget.checked)}
    />
  );
}
