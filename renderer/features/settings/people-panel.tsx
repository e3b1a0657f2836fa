import type { SettingsView } from '../../../shared/settings-view.ts';
import { Panel } from '../../components/panel.tsx';
import { TextSetting } from '../../components/text-setting.tsx';
import styles from './fields.module.css';
import { fieldOf, useSettingsDraft } from './settings-draft.ts';
import { perMinuteFault, projectsFault } from './settings-sections.ts';
import { SwitchSetting } from './switch-setting.tsx';

/** What people in Slack may do. */
export function PeoplePanel({ view }: { view: SettingsView }) {
  const draft = useSettingsDraft();
  return (
    <Panel title="Who may do what in Slack" description="Counts from the next command or click on.">
      <div className={styles['fields']}>
        <SwitchSetting
          {...fieldOf(view, draft, 'EXTERNAL_MAY_DECIDE')}
          label="People of other workspaces may decide"
          help="They may always file, in channels shared by Slack Connect. On: they may approve, reject and correct types too."
        />
        <div className={styles['two']}>
          <TextSetting
            {...fieldOf(view, draft, 'TICKETS_PER_MINUTE')}
            label="Tickets a person may file in a minute"
            placeholder="10"
            help="One more is refused with kind words. 0: no limit."
            inputMode="numeric"
            faultOf={perMinuteFault}
          />
          <TextSetting
            {...fieldOf(view, draft, 'STATUS_PROJECTS')}
            label="More projects for /ticket_status"
            placeholder="OPS, WEB"
            help="By their keys, or * for all that the Jira account sees. Empty: your project, and what this program made."
            faultOf={projectsFault}
          />
        </div>
      </div>
    </Panel>
  );
}
