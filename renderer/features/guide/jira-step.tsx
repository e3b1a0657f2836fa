import { TokenPageButton } from '../settings/found-jira.tsx';
import { JiraLoginFields } from '../settings/jira-login-fields.tsx';
import { useFoundJira } from '../settings/use-found-jira.ts';
import styles from './guide.module.css';
import { StepHead } from './guide-heading.tsx';
import { PartLine } from './part-line.tsx';
import { SetupForm } from './setup-form.tsx';
import { hasJiraLogin, type StepProps } from './steps.ts';

const targets = [{ target: 'jira', name: 'Jira' }] as const;

/** The account that files the tickets. */
export function JiraStep({ view, status, onSaved }: StepProps) {
  const jira = useFoundJira(view);
  const isSet = hasJiraLogin(view);
  const isTrouble = isSet && status.jira.state === 'trouble';
  return (
    <>
      <StepHead title="Sign in to Jira">
        Issues are created in this account's name. One of its own, such as “Helpdesk”, tells them apart from a person's.
      </StepHead>
      {isTrouble && <PartLine part="jira" status={status} />}
      <SetupForm step="jira" view={view} targets={targets} asking="Asking Jira…" onSaved={onSaved}>
        <JiraLoginFields view={view} jira={jira} />
        <div className={styles['outdent']}>
          <TokenPageButton jira={jira} />
        </div>
      </SetupForm>
      {isSet && !isTrouble && <PartLine part="jira" status={status} />}
    </>
  );
}
