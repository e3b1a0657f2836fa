import type { SettingsView } from '../../../shared/settings-view.ts';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { fieldOf, useSettingsDraft } from './settings-draft.ts';
import { changesOf, faultIn } from './settings-sections.ts';
import { TableFields } from './table-fields.tsx';

/** What the program does by itself, what people may do, and how long it remembers. */
export function BehaviourSection({ view }: { view: SettingsView }) {
  return (
    <>
      <Panel title="Behaviour">
        <TableFields view={view} panel="behaviour" />
      </Panel>
      <Panel title="Who may do what in Slack" description="Counts from the next command or click on.">
        <TableFields view={view} panel="people" />
      </Panel>
      <Panel
        title="How long tickets are kept"
        description="Only on this computer: messages in Slack and issues in Jira stay as they are. Tickets that are not finished are never touched."
      >
        <TableFields view={view} panel="removal" />
      </Panel>
    </>
  );
}

/** Removing begins when it is saved and cannot be undone, so that is said before; nothing where nothing would go. */
export function RemovalNotice({ view }: { view: SettingsView }) {
  const draft = useSettingsDraft();
  const change = changesOf('behaviour', view, draft);
  const kinds = [
    ['texts of tickets', 'DELETE_TEXTS_AFTER_DAYS'],
    ['tickets', 'DELETE_TICKETS_AFTER_DAYS'],
  ] as const;
  const lines = kinds.flatMap(([what, name]) => {
    const days = change[name]?.trim() ?? '';
    const before = Number(fieldOf(view, draft, name).setting.value ?? Number.POSITIVE_INFINITY);
    const isMore = days !== '' && faultIn(name, days) === null && Number(days) < before;
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
