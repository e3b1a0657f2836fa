import { Button } from '@mantine/core';
import { Notice } from '../../components/notice.tsx';
import { IssueTypes } from '../settings/issue-types.tsx';
import { JiraProject } from '../settings/jira-project.tsx';
import { useFoundJira } from '../settings/use-found-jira.ts';
import { useJiraOffer } from '../settings/use-jira-offer.ts';
import { StepHead } from './guide-heading.tsx';
import { SetupForm } from './setup-form.tsx';
import type { StepProps } from './steps.ts';

const targets = [{ target: 'jira', name: 'Jira' }] as const;

/** Where tickets are filed, and as what. */
export function ProjectStep({ view, onSaved, onStep }: StepProps) {
  const { login } = useFoundJira(view);
  const offer = useJiraOffer(view, login);
  return (
    <>
      <StepHead title="Choose where tickets go">
        One project gets them all. Below it, you see what each kind of ticket becomes there; change what does not suit
        you.
      </StepHead>
      {!offer.canLook && (
        <Notice
          tone="info"
          title="Jira cannot be asked yet"
          action={<Button onClick={() => onStep('jira')}>Go to Jira</Button>}
        >
          Once an account is signed in, its projects and issue types are offered here. Until then, type their names.
        </Notice>
      )}
      <SetupForm step="project" view={view} targets={targets} asking="Asking Jira…" onSaved={onSaved}>
        <JiraProject view={view} offer={offer} />
        <IssueTypes view={view} offer={offer} />
      </SetupForm>
    </>
  );
}
