import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { CheckReport, CheckTarget, SettingsView } from '../../../shared/settings-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { Findings } from '../../components/credential-check.tsx';
import { TroubleNotice } from '../../components/notice.tsx';
import { SecretStorage } from '../settings/secret-storage.tsx';
import { dropDraft, leakIn, useSettingsDraft } from '../settings/settings-draft.ts';
import { isEmpty, needsConsent } from '../settings/settings-sections.ts';
import styles from './guide.module.css';
import { type FormStep, holdsSecrets, isFormComplete, stepChanges, stepForms } from './steps.ts';

export interface SetupFormProps {
  step: FormStep;
  view: SettingsView;
  targets: readonly { target: CheckTarget; name: string }[];
  /** The text while the test runs: "Asking Slack…". */
  asking: string;
  onSaved(view: SettingsView): void;
  children: ReactNode;
}

interface Ended {
  /** What was typed then. */
  of: string;
  reports: { name: string; report: CheckReport }[];
  /** Whether nothing stood in the way. */
  isFine: boolean;
}

/** A step's fields: tested first, and saved when the test finds nothing in the way, or when the person insists. */
export function SetupForm({ step, view, targets, asking, onSaved, children }: SetupFormProps) {
  const draft = useSettingsDraft();
  const test = useAction('settings:test');
  const save = useAction('settings:save');
  const [ended, setEnded] = useState<Ended | null>(null);
  const [isRefused, setRefused] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const found = useRef<HTMLDivElement>(null);
  const change = stepChanges(step, view, draft);
  const key = JSON.stringify(change);
  const isDirty = !isEmpty(change);
  const lacksConsent = needsConsent(view, change, draft.allowPlainText);
  const isThrough = isFormComplete(step, view) && !isDirty;
  const isRunning = test.isRunning || save.isRunning;

  async function testAll(): Promise<boolean> {
    const reports: Ended['reports'] = [];
    for (const { target, name } of targets) {
      const answer = await test.run({ target, change });
      if (answer === null) break;
      reports.push({ name, report: answer.value });
    }
    const isFine = reports.length === targets.length && reports.every(({ report }) => report.ok);
    setEnded({ of: key, reports, isFine });
    return isFine;
  }

  async function saveAll() {
    setRefused(lacksConsent);
    if (lacksConsent) return;
    const answer = await save.run({
      change,
      allowPlainText: draft.allowPlainText,
      ...leakIn(draft, change),
    });
    if (answer === null) return;
    onSaved(answer.value);
    dropDraft(change);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isRunning) return;
    save.reset();
    if ((await testAll()) && isDirty) await saveAll();
  }

  const isHeld = isRefused && lacksConsent;
  useEffect(() => {
    if (isHeld) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    else if (ended !== null) found.current?.scrollIntoView({ block: 'nearest' });
  }, [isHeld, ended]);

  // What was found stays once it is saved, and goes when something else is typed.
  const shown = !test.isRunning && ended !== null && (ended.of === key || !isDirty) ? ended : null;
  return (
    <form ref={form} className={styles['fields']} onSubmit={submit} noValidate>
      {children}
      {holdsSecrets(step) && <SecretStorage section={stepForms[step].section} view={view} isMissed={isHeld} />}
      <div className={styles['row']}>
        <Button type="submit" variant={isThrough ? 'default' : 'filled'} loading={isRunning}>
          {isThrough ? 'Test' : 'Test and save'}
        </Button>
        {shown !== null && !shown.isFine && isDirty && (
          <Button onClick={saveAll} disabled={isRunning}>
            Save anyway
          </Button>
        )}
        <span className={styles['quiet']} role="status">
          {test.isRunning ? asking : save.isRunning ? 'Saving…' : verdictOf(shown, isDirty, save.isDone)}
        </span>
      </div>
      <div ref={found} className={styles['found']}>
        {shown?.reports.map(({ name, report }) => (
          <Found key={name} title={targets.length > 1 ? name : null} report={report} />
        ))}
        {shown !== null && <TroubleNotice trouble={test.trouble} title="The test could not be made" />}
        <TroubleNotice trouble={save.trouble} title="Not saved" />
      </div>
    </form>
  );
}

function Found({ title, report }: { title: string | null; report: CheckReport }) {
  return (
    <div>
      {title !== null && <h3 className={styles['subhead']}>{title}</h3>}
      <Findings findings={report.findings} />
    </div>
  );
}

function verdictOf(shown: Ended | null, isDirty: boolean, isSaved: boolean): string {
  if (isDirty)
    return shown === null ? '' : shown.isFine ? 'Works, but is not saved yet.' : 'Not saved: see what was found.';
  if (shown === null) return '';
  if (isSaved) return shown.isFine ? 'Works. Saved.' : 'Saved as it is.';
  return shown.isFine ? 'Works.' : 'Does not work yet.';
}
