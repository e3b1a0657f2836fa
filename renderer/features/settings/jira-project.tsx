import { Autocomplete, Button, Loader } from '@mantine/core';
import { IconLock, IconRefresh } from '@tabler/icons-react';
import { settingLabels } from '../../../shared/setting-labels.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { suggestingFieldLook } from '../../components/field-look.ts';
import { SettingNote } from '../../components/setting-note.tsx';
import styles from './jira-project.module.css';
import { draftedValue, fieldOf, useSettingsDraft } from './settings-draft.ts';
import type { JiraOffer } from './use-jira-offer.ts';

/** The project that gets the tickets: offered once Jira can be asked, typed before. */
export function JiraProject({ view, offer }: { view: SettingsView; offer: JiraOffer }) {
  const draft = useSettingsDraft();
  const { setting, onDraft } = fieldOf(view, draft, 'JIRA_PROJECT_KEY');
  const text = draftedValue(view, draft, 'JIRA_PROJECT_KEY');
  const projects = offer.projects?.projects ?? [];
  const names = new Map(projects.map(({ key, name }) => [key, name]));
  const chosen = projects.find(({ key, id }) => key === text.trim().toUpperCase() || id === text.trim());
  return (
    <div className={styles['project']}>
      <Autocomplete
        {...suggestingFieldLook}
        className={styles['input']}
        label={settingLabels.JIRA_PROJECT_KEY}
        placeholder="KAN"
        value={text}
        onChange={(typed) => onDraft(typed === (setting.value ?? '') ? undefined : typed)}
        readOnly={setting.isFixed}
        rightSection={setting.isFixed && <IconLock size={14} aria-hidden />}
        data={projects.map(({ key }) => key)}
        // The chosen one shows all others, too: whoever opens the list wants to look around.
        filter={({ search }) => {
          const sought = search.trim().toLowerCase();
          const found = projects.filter(({ key, name }) => `${key} ${name}`.toLowerCase().includes(sought));
          return (chosen === undefined ? found : projects).map(({ key }) => ({ value: key, label: key }));
        }}
        renderOption={({ option }) => (
          <span className={styles['option']}>
            <strong>{option.value}</strong>
            <span>{names.get(option.value)}</span>
          </span>
        )}
        description={
          <>
            <span>{chosen?.name ?? helpFor(offer)} </span>
            <SettingNote setting={setting} />
          </>
        }
        spellCheck={false}
        autoComplete="off"
      />
      <Button
        className={styles['look']}
        leftSection={offer.isAsking ? <Loader size={14} aria-hidden /> : <IconRefresh size={14} aria-hidden />}
        onClick={offer.look}
        disabled={!offer.canLook || offer.isAsking}
      >
        {offer.isAsking ? 'Asking Jira…' : 'Look up projects'}
      </Button>
      <span className={styles['said']} role="status">
        {offer.trouble !== null && `Jira could not be asked, so type the names. ${offer.trouble}`}
      </span>
    </div>
  );
}

function helpFor({ projects, canLook }: JiraOffer): string {
  if (projects?.isCut) return 'Jira has more projects than are listed. A key can be typed.';
  if (projects?.projects.length === 0) return 'This account may create issues in no project.';
  if (projects !== null) return 'Choose a project, or type its key.';
  return canLook ? 'Type its key, or look it up.' : 'Type its key, or sign in to Jira to look it up.';
}
