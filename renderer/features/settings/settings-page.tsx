import { Button, Tabs } from '@mantine/core';
import { IconMap, IconPointFilled } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { useLive } from '../../bridge/bridge.ts';
import { Page } from '../../components/page.tsx';
import { ReadState } from '../../components/read-state.tsx';
import { useNavigation } from '../../navigation/navigation.ts';
import { BehaviourSection, RemovalNotice } from './behaviour-section.tsx';
import { ChannelsSection } from './channels-section.tsx';
import { JiraSection } from './jira-section.tsx';
import { OpenAiSection } from './openai-section.tsx';
import { OwnerSection } from './owner-section.tsx';
import { SectionForm } from './section-form.tsx';
import { SettingProblems } from './setting-problems.tsx';
import { useSettingsDraft } from './settings-draft.ts';
import styles from './settings-page.module.css';
import { changesOf, isEmpty, type SectionName } from './settings-sections.ts';
import { SlackSection } from './slack-section.tsx';

const forms = [
  { section: 'slack', title: 'Slack', Fields: SlackSection },
  { section: 'jira', title: 'Jira', Fields: JiraSection },
  { section: 'channels', title: 'Channels', Fields: ChannelsSection },
  { section: 'openai', title: 'OpenAI', Fields: OpenAiSection },
  { section: 'behaviour', title: 'Behaviour', Fields: BehaviourSection },
] as const;

/** All settings, a section at a time; what is typed stays until it is saved or given up. */
export function SettingsPage() {
  const settings = useLive('settings:read', undefined, 'settings');
  if (settings.value !== null) return <SettingsTabs view={settings.value} onSaved={settings.accept} />;
  return (
    <Page title="Settings">
      <ReadState live={settings} failure="The settings could not be read" height={220} />
    </Page>
  );
}

function SettingsTabs({ view, onSaved }: { view: SettingsView; onSaved(view: SettingsView): void }) {
  const { place, go } = useNavigation();
  const { value: status } = useLive('status:read', undefined, 'status');
  const wanted = place.page === 'Settings' ? place.section : undefined;
  const [active, setActive] = useState<string>(wanted ?? 'slack');
  const [shownPlace, setShownPlace] = useState(place);
  if (place !== shownPlace) {
    setShownPlace(place);
    if (wanted !== undefined) setActive(wanted);
  }
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.page !== 'Settings' || place.section === undefined) return;
    list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }, [place]);

  const problems = <SettingProblems problems={view.problems} />;
  return (
    <Tabs className={styles['tabs']} value={active} onChange={(tab) => tab !== null && setActive(tab)}>
      <Page
        title="Settings"
        isFlush
        actions={
          status?.demo === false && (
            <Button
              variant="subtle"
              leftSection={<IconMap size={14} aria-hidden />}
              onClick={() => go({ page: 'Guide' })}
            >
              Set-up guide
            </Button>
          )
        }
        toolbar={
          <Tabs.List ref={list} className={styles['list']} aria-label="Sections">
            {forms.map(({ section, title }) => (
              <SectionTab key={section} section={section} title={title} view={view} />
            ))}
            <Tabs.Tab className={styles['tab']} value="owner">
              Your desktop
            </Tabs.Tab>
          </Tabs.List>
        }
      >
        {forms.map(({ section, Fields }) => (
          <Tabs.Panel key={section} value={section} className={styles['panel']}>
            <SectionForm
              section={section}
              view={view}
              onSaved={onSaved}
              warning={section === 'behaviour' && <RemovalNotice view={view} />}
            >
              {active === section && problems}
              <Fields view={view} />
            </SectionForm>
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="owner" className={styles['scrolling']}>
          {active === 'owner' && problems}
          <OwnerSection />
        </Tabs.Panel>
      </Page>
    </Tabs>
  );
}

function SectionTab({ section, title, view }: { section: SectionName; title: string; view: SettingsView }) {
  const isDirty = !isEmpty(changesOf(section, view, useSettingsDraft()));
  return (
    <Tabs.Tab className={styles['tab']} value={section} title={isDirty ? 'Unsaved changes' : ''}>
      {title}
      {isDirty && <IconPointFilled size={12} className={styles['unsaved']} role="img" aria-label="unsaved changes" />}
    </Tabs.Tab>
  );
}
