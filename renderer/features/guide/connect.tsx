import { Button } from '@mantine/core';
import type { ComponentType } from 'react';
import { Page } from '../../components/page.tsx';
import { useSettingsDraft } from '../settings/settings-draft.ts';
import { isEmpty } from '../settings/settings-sections.ts';
import styles from './connect.module.css';
import guideStyles from './guide.module.css';
import { JiraStep } from './jira-step.tsx';
import { ModelStep } from './model-step.tsx';
import { ProjectStep } from './project-step.tsx';
import { SlackAppStep } from './slack-app-step.tsx';
import { SlackTokensStep } from './slack-tokens-step.tsx';
import { Stepper } from './stepper.tsx';
import { type Standing, type StepName, type StepProps, stepChanges, stepNames } from './steps.ts';
import { TestTicketStep } from './test-ticket-step.tsx';
import type { TestTicketRun } from './use-test-ticket.ts';

export interface ConnectProps extends Omit<StepProps, 'onStep'> {
  step: StepName;
  standings: Record<StepName, Standing>;
  test: TestTicketRun;
  /** Goes to a step; null: back to the doors. */
  onStep(step: StepName | null): void;
  onLeave(): void;
  onFinish(): void;
}

const forms: Partial<Record<StepName, ComponentType<StepProps>>> = {
  'slack-app': SlackAppStep,
  'slack-tokens': SlackTokensStep,
  jira: JiraStep,
  project: ProjectStep,
  model: ModelStep,
};
/** Steps of which nothing that this program could see tells whether they are done. */
const neverWaits: ReadonlySet<StepName> = new Set(['slack-app', 'model']);

/** The steps, one at a time. None has to succeed before the next is shown. */
export function Connect({ step, view, status, standings, test, onSaved, onStep, onLeave, onFinish }: ConnectProps) {
  const draft = useSettingsDraft();
  const index = stepNames.indexOf(step);
  const next = stepNames[index + 1];
  const onNext = () => (next === undefined ? onFinish() : onStep(next));
  const isUnsaved = !isEmpty(stepChanges(step, view, draft));
  const isThrough = neverWaits.has(step) || (standings[step] !== 'open' && !isUnsaved);
  const Step = forms[step];
  return (
    <Page
      title="Connect your team"
      actions={
        <Button variant="subtle" color="gray" onClick={onLeave}>
          Do this later
        </Button>
      }
      toolbar={<Stepper step={step} standings={standings} onStep={onStep} />}
      isFlush
    >
      <div key={step} className={styles['scroll']}>
        <div className={styles['step']}>
          {Step === undefined ? (
            <TestTicketStep view={view} standings={standings} test={test} onSaved={onSaved} onStep={onStep} />
          ) : (
            <Step view={view} status={status} onSaved={onSaved} onStep={onStep} />
          )}
        </div>
      </div>
      <footer className={styles['foot']}>
        <Button
          variant="subtle"
          color="gray"
          className={guideStyles['outdent']}
          onClick={() => onStep(stepNames[index - 1] ?? null)}
        >
          Back
        </Button>
        <Button variant={isThrough ? 'filled' : 'default'} onClick={onNext}>
          {nextWords(next, isThrough)}
        </Button>
      </footer>
    </Page>
  );
}

function nextWords(next: StepName | undefined, isThrough: boolean): string {
  if (next === undefined) return 'Finish';
  return isThrough ? 'Next' : 'Skip for now';
}
