import { WebPageButton } from '../../components/web-page-button.tsx';
import { JiraLoginFields } from '../settings/jira-login-fields.tsx';
import styles from './guide.module.css';
import { StepHead } from './guide-heading.tsx';
import { PartLine } from './part-line.tsx';
import { SetupForm } from './setup-form.tsx';
import { hasJiraLogin, type StepProps } from './steps.ts';

const targets = [{ target: 'jira', name: 'Jira' }] as const;

/** The account that files the tickets. */
export function JiraStep({ view, status, onSaved }: StepProps) {
  const isSet = hasJiraLogin(view);
  const isTrouble = isSet && status.jira.state === 'trouble';
  return (
    <>
      <StepHead title="Sign in to Jira">
        Issues are created in this account's name. One of its own, such as “Helpdesk”, tells them apart from a person's.
      </StepHead>
      {isTrouble && <PartLine part="jira" status={status} />}
      <div className={styles['outdent']}>
        <WebPageButton page="atlassian_tokens">Create an API token</WebPageButton>
      </div>
      <SetupForm step="jira" view={view} targets={targets} asking="Asking Jira…" onSaved={onSaved}>
        <JiraLoginFields view={view} />
      </SetupForm>
      {isSet && !isTrouble && <PartLine part="jira" status={status} />}
    </>
  );
}
