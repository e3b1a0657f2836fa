import { Button, Checkbox } from '@mantine/core';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { fieldLook } from '../../components/field-look.ts';
import { Notice } from '../../components/notice.tsx';
import { draftLeak, fieldOf, useSettingsDraft } from './settings-draft.ts';

/**
 * Asks of a bot token that is being replaced or forgotten whether others have it; where none is, of those before, as long as
 * what they signed counts.
 */
export function LeakedToken({ view }: { view: SettingsView }) {
  const settingsDraft = useSettingsDraft();
  const { setting, draft } = fieldOf(view, settingsDraft, 'SLACK_BOT_TOKEN');
  if (!setting.isSet || setting.isFixed || draft === undefined) return view.trustsFormerToken ? <FormerToken /> : null;
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

function FormerToken() {
  const save = useAction('settings:save');
  const distrust = () => save.run({ change: {}, allowPlainText: false, isFormerTokenLeaked: true });
  return (
    <Notice
      tone={save.trouble === null ? 'info' : 'problem'}
      action={
        <Button onClick={distrust} loading={save.isRunning}>
          The old token leaked
        </Button>
      }
    >
      {save.trouble?.message ??
        'The bot token was replaced within the last 30 days. Decisions that other desktops signed with the old one still count here. If it leaked, say so on every desktop.'}
    </Notice>
  );
}
