import { Autocomplete } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircleX } from '@tabler/icons-react';
import { useId } from 'react';
import { type Label, labels } from '../../../shared/labels.ts';
import { defaultLabelToIssueType } from '../../../shared/settings-table.ts';
import type { JiraTypes, SettingsView } from '../../../shared/settings-view.ts';
import { suggestingFieldLook } from '../../components/field-look.ts';
import { TypeBadge } from '../../components/type-badge.tsx';
import { valueAt } from './filter-change.ts';
import styles from './issue-types.module.css';
import { draftEntry, useSettingsDraft } from './settings-draft.ts';
import type { JiraOffer } from './use-jira-offer.ts';

/** Which issue type each kind of ticket becomes, and what Jira would really make of it. */
export function IssueTypes({ view, offer }: { view: SettingsView; offer: JiraOffer }) {
  const id = useId();
  return (
    <fieldset className={styles['types']} aria-labelledby={id}>
      <div className={styles['head']} id={id}>
        Issue types
      </div>
      {labels.map((label) => (
        <TypeRow key={label} label={label} saved={view.maps.label_to_issue_type[label]} offered={offer.types} />
      ))}
    </fieldset>
  );
}

function TypeRow({ label, saved, offered }: { label: Label; saved: string; offered: JiraTypes | null }) {
  const draft = useSettingsDraft();
  const typed = valueAt(draft.change, 'label_to_issue_type', label);
  const text = typeof typed === 'string' ? typed : saved;
  const known = offered?.types ?? [];
  const preview = offered?.preview[label];
  return (
    <div className={styles['row']}>
      <TypeBadge label={label} />
      <Autocomplete
        {...suggestingFieldLook}
        className={styles['field']}
        aria-label={`Issue type for ${label}`}
        value={text}
        placeholder={defaultLabelToIssueType[label]}
        onChange={(next) => draftEntry('label_to_issue_type', label, next === saved ? undefined : next)}
        data={known}
        filter={({ search }) => {
          const found = known.filter((type) => type.toLowerCase().includes(search.trim().toLowerCase()));
          return (known.includes(text) ? known : found).map((type) => ({ value: type, label: type }));
        }}
        {...(preview === undefined ? {} : { description: <Preview {...preview} /> })}
        spellCheck={false}
        autoComplete="off"
      />
    </div>
  );
}

const signs = { ok: IconCheck, warning: IconAlertTriangle, problem: IconCircleX } as const;

/** What these tickets become and why: as asked for, another type instead, or none, so that they wait for a person. */
function Preview({ issueType, reason, note }: JiraTypes['preview'][Label]) {
  const level = issueType === null ? 'problem' : note === null ? 'ok' : 'warning';
  const Sign = signs[level];
  return (
    <span className={styles['preview']} data-level={level}>
      <Sign size={14} aria-hidden />
      <span>{note ?? `Becomes ${issueType}${reason === null ? '' : `, ${reason}`}`}</span>
    </span>
  );
}
