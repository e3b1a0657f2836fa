import { Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconCircleCheck, IconPointFilled } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { secretNames } from '../../../shared/settings.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { useKeptFocus } from '../../components/kept-focus.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import { SecretStorage } from './secret-storage.tsx';
import styles from './section-form.module.css';
import { dropDraft, leakIn, useSettingsDraft } from './settings-draft.ts';
import { changesOf, isEmpty, isFaulty, namesIn, needsConsent, type SectionName } from './settings-sections.ts';

export interface SectionFormProps {
  section: SectionName;
  view: SettingsView;
  /** Saved; the settings as they are now. */
  onSaved(view: SettingsView): void;
  /** What saving would do beyond saving; stands beside the button. */
  warning?: ReactNode;
  children: ReactNode;
}

const savedShownMs = 6000;

/** One section's fields, and below them what can be done with what is typed. */
export function SectionForm({ section, view, onSaved, warning, children }: SectionFormProps) {
  const draft = useSettingsDraft();
  // These are the settings of what is connected to.
  const hasSecrets = secretNames.some((name) => namesIn(section).includes(name));
  const save = useAction('settings:save');
  const [isRefused, setRefused] = useState(false);
  const change = changesOf(section, view, draft);
  const isDirty = !isEmpty(change);
  const form = useKeptFocus<HTMLFormElement>(isDirty);
  const lacksConsent = needsConsent(view, change, draft.allowPlainText);
  const hasFault = isFaulty(change);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!isDirty || save.isRunning) return;
    setRefused(lacksConsent || hasFault);
    if (lacksConsent || hasFault) return;
    const answer = await save.run({
      change,
      allowPlainText: draft.allowPlainText,
      ...leakIn(draft, change),
    });
    if (answer === null) return;
    onSaved(answer.value);
    dropDraft(change);
  }

  const isHeld = isRefused && (lacksConsent || hasFault);
  useEffect(() => {
    if (!isHeld) return;
    const marked = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    marked?.focus({ preventScroll: true });
    marked?.scrollIntoView({ block: 'center' });
  }, [isHeld, form]);

  // What grows at the bottom must not cover the field that somebody is typing in.
  const { ref: bar, height } = useElementSize();
  useEffect(() => {
    const focused = document.activeElement;
    if (height > 0 && form.current?.contains(focused)) focused?.scrollIntoView({ block: 'nearest' });
  }, [height, form]);

  const { isDone, reset } = save;
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(reset, savedShownMs);
    return () => clearTimeout(timer);
  }, [isDone, reset]);

  return (
    <form ref={form} className={styles['form']} onSubmit={submit} noValidate tabIndex={-1}>
      <div className={styles['scroll']}>
        {children}
        {hasSecrets && <SecretStorage section={section} view={view} isMissed={isHeld && lacksConsent} />}
      </div>
      <div ref={bar} className={styles['bar']} data-shown={isDirty || isDone || save.isRunning || undefined}>
        {warning}
        <TroubleNotice trouble={save.trouble} title="Not saved" />
        <div className={styles['row']}>
          <span className={styles['words']} role="status">
            {save.isRunning ? (
              'Saving…'
            ) : isDirty ? (
              <>
                <IconPointFilled size={16} aria-hidden className={styles['unsaved']} />
                {isHeld ? 'See what is marked' : 'Unsaved changes'}
              </>
            ) : (
              isDone && (
                <>
                  <IconCircleCheck size={16} aria-hidden className={styles['saved']} />
                  {hasSecrets ? 'Saved. Reconnecting…' : 'Saved.'}
                </>
              )
            )}
          </span>
          {isDirty && (
            <>
              <Button
                variant="subtle"
                color="gray"
                disabled={save.isRunning}
                onClick={() => {
                  save.reset();
                  dropDraft(change);
                }}
              >
                Discard changes
              </Button>
              <Button type="submit" variant="filled">
                Save
              </Button>
            </>
          )}
        </div>
      </div>
    </form>
  );
}
