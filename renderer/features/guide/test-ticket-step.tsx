import { Button, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import type { TestTicket } from '../../../shared/settings-view.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { fieldLook } from '../../components/field-look.ts';
import { Notice, TroubleNotice } from '../../components/notice.tsx';
import { duration } from '../../components/time.tsx';
import { TypeBadge } from '../../components/type-badge.tsx';
import styles from './guide.module.css';
import { StepHead } from './guide-heading.tsx';
import { LastThings } from './last-things.tsx';
import { missingSteps, type Standing, type StepName, type StepProps, stepTitles } from './steps.ts';
import type { TestTicketRun } from './use-test-ticket.ts';

export interface TestTicketStepProps extends Pick<StepProps, 'view' | 'onSaved' | 'onStep'> {
  standings: Record<StepName, Standing>;
  test: TestTicketRun;
}

/** One ticket all the way to Jira and away again, and what is left to know. */
export function TestTicketStep({ view, standings, test, onSaved, onStep }: TestTicketStepProps) {
  const missing = missingSteps(standings);
  const blocking = missing.filter((step) => step !== 'slack-tokens');
  const isReady = blocking.length === 0 && test.text.trim() !== '';

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isReady && !test.isFiling) void test.file();
  }
  function submitOnEnter(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    submit(event);
  }

  return (
    <>
      <StepHead title="File a test ticket">
        It goes the way of every ticket: the model reads it, and Jira gets an issue. Then the issue is cleared away, as
        far as the account may.
      </StepHead>
      {missing.length > 0 && (
        <Notice
          tone="warning"
          title="Not everything is set up yet"
          action={missing.map((step) => (
            <Button key={step} onClick={() => onStep(step)}>
              Go to {stepTitles[step]}
            </Button>
          ))}
        >
          {blocking.length > 0
            ? 'Nothing can be filed before that. You can also finish now and come back.'
            : 'A test ticket can be filed, but Slack cannot send any yet.'}
        </Notice>
      )}
      <form className={styles['fields']} onSubmit={submit}>
        <Textarea
          label="What somebody might write"
          value={test.text}
          onChange={(event) => test.setText(event.currentTarget.value)}
          onKeyDown={submitOnEnter}
          {...fieldLook}
          rows={3}
          maxLength={4000}
        />
        <div className={styles['row']}>
          <Button
            type="submit"
            variant={test.filed === null && isReady ? 'filled' : 'default'}
            disabled={!isReady}
            loading={test.isFiling}
          >
            {test.filed === null ? 'File a test ticket' : 'File another'}
          </Button>
          <span className={styles['quiet']} role="status">
            {test.isFiling && 'The model reads it, and Jira is asked…'}
          </span>
        </div>
      </form>
      <TroubleNotice trouble={test.trouble} title="The test ticket was not filed" />
      <div role="status">{test.filed !== null && <TestResult {...test.filed} />}</div>
      <LastThings view={view} onSaved={onSaved} />
    </>
  );
}

const outcomes: Record<TestTicket['outcome'], string> = {
  deleted: 'Deleted again. Nothing is left of it in Jira.',
  closed: 'Closed again. The account may not delete issues.',
  labelled: 'Still open, with the label “test”: the account may neither delete nor close it. Close it in Jira.',
  left: 'Still open: the account may neither delete, close nor label it. Close it in Jira.',
};

/** What a test ticket became. `ms`: how long that took. */
function TestResult({ ticket, ms }: { ticket: TestTicket; ms: number }) {
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => result.current?.scrollIntoView({ block: 'nearest' }), []);
  const { key, url, label, issueType, note, outcome } = ticket;
  return (
    <div ref={result} className={styles['result']}>
      <Notice tone="good" title={`It works: ${key} was filed in ${duration(ms)}.`} />
      <Facts
        items={[
          ['Read as', <TypeBadge key="label" label={label} />],
          ['Filed as', issueType],
          ['Key', key],
          note === null ? null : ['Note', note],
          ['Afterwards', outcomes[outcome]],
        ]}
      />
      {outcome !== 'deleted' && (
        <div>
          <CopyButton text={url}>Copy its address</CopyButton>
        </div>
      )}
    </div>
  );
}
