import type { SettingsView } from '../../../shared/settings-view.ts';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { TextSetting } from '../../components/text-setting.tsx';
import styles from './fields.module.css';
import { PeoplePanel } from './people-panel.tsx';
import { fieldOf, useSettingsDraft } from './settings-draft.ts';
import { changesOf, daysFault } from './settings-sections.ts';
import { SwitchSetting } from './switch-setting.tsx';

/** What the program does by itself, what people may do, and how long it remembers. */
export function BehaviourSection({ view }: { view: SettingsView }) {
  const draft = useSettingsDraft();
  return (
    <>
      <Panel title="Behaviour">
        <div className={styles['fields']}>
          <SwitchSetting
            {...fieldOf(view, draft, 'START_AT_LOGIN')}
            label="Start at login"
            help="In the background, so that commands are answered without anybody opening the window."
          />
          <SwitchSetting
            {...fieldOf(view, draft, 'NOTIFY_ATTENTION')}
            label="Notify me when a ticket needs attention"
            help="When something stopped it that a person has to settle."
          />
          <SwitchSetting
            {...fieldOf(view, draft, 'NOTIFY_APPROVAL')}
            label="Notify me when approval is asked"
            help="For every new ticket that waits for a decision."
          />
        </div>
      </Panel>
      <PeoplePanel view={view} />
      <Panel
        title="How long tickets are kept"
        description="Only on this computer: messages in Slack and issues in Jira stay as they are. Tickets that are not finished are never touched."
      >
        <div className={styles['two']}>
          <TextSetting
            {...fieldOf(view, draft, 'DELETE_TEXTS_AFTER_DAYS')}
            label="Remove texts after … days"
            placeholder="Keep"
            help="What people typed goes; key, type, decision and times stay. Empty: texts are kept."
            inputMode="numeric"
            faultOf={daysFault}
          />
          <TextSetting
            {...fieldOf(view, draft, 'DELETE_TICKETS_AFTER_DAYS')}
            label="Remove tickets after … days"
            placeholder="Keep"
            help="Finished tickets leave the list altogether. Empty: tickets are kept."
            inputMode="numeric"
            faultOf={daysFault}
          />
        </div>
      </Panel>
    </>
  );
}

/** Removing begins when it is saved and cannot be undone, so that is said before; nothing where nothing would go. */
export function RemovalNotice({ view }: { view: SettingsView }) {
  const draft = useSettingsDraft();
  const { change } = changesOf('behaviour', view, draft);
  const kinds = [
    ['texts of tickets', 'DELETE_TEXTS_AFTER_DAYS'],
    ['tickets', 'DELETE_TICKETS_AFTER_DAYS'],
  ] as const;
  const lines = kinds.flatMap(([what, name]) => {
    const days = change[name]?.trim() ?? '';
    const before = Number(fieldOf(view, draft, name).setting.value ?? Number.POSITIVE_INFINITY);
    const isMore = days !== '' && daysFault(days) === null && Number(days) < before;
    return isMore ? [`${what} that are older than ${dayWords(Number(days))}`] : [];
  });
  if (lines.length === 0) return null;
  return (
    <Notice tone="warning">
      Saving removes {lines.join(', and ')}, from this computer, at once and daily from then on. That cannot be undone.
    </Notice>
  );
}

function dayWords(days: number): string {
  return days === 1 ? 'a day' : `${days.toLocaleString()} days`;
}
