import { UnstyledButton } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconHourglass, IconSquareCheck } from '@tabler/icons-react';
import type { DemoIssue } from '../../../shared/demo-view.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { Age } from '../../components/time.tsx';
import styles from './issue-pane.module.css';

export interface IssuePaneProps {
  /** All issues, newest first. */
  issues: DemoIssue[];
  shown: DemoIssue | undefined;
  onShow(key: string): void;
}

/** One issue as Jira has it, and the others to choose from. */
export function IssuePane({ issues, shown, onShow }: IssuePaneProps) {
  if (shown === undefined) {
    return (
      <EmptyState icon={IconSquareCheck} title="No issues yet">
        Send a /ticket, and its issue appears here within a second.
      </EmptyState>
    );
  }
  return (
    <div className={styles['pane']}>
      <Issue issue={shown} />
      {issues.length > 1 && (
        <>
          <h3 className={styles['heading']}>All issues</h3>
          <ul className={styles['list']} aria-label="All issues">
            {issues.map((issue) => (
              <li key={issue.key}>
                <UnstyledButton
                  className={styles['row']}
                  aria-current={issue.key === shown.key || undefined}
                  onClick={() => onShow(issue.key)}
                >
                  <span className={styles['key']}>{issue.key}</span>
                  <span className={styles['summary']} dir="auto">
                    {issue.summary}
                  </span>
                  <Decision decision={issue.decision} isShort />
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Issue({ issue }: { issue: DemoIssue }) {
  const { key, summary, issueType, status, description, labels, decision, createdAt } = issue;
  return (
    <article aria-label={key} className={styles['issue']}>
      <p className={styles['line']}>
        <span className={styles['key']}>{key}</span>
        <span className={styles['status']}>{status}</span>
      </p>
      <h3 className={styles['title']} dir="auto">
        {summary}
      </h3>
      <Facts
        items={[
          ['Type', issueType],
          ['Decision', <Decision key="decision" decision={decision} />],
          labels.length === 0 ? null : ['Labels', <Labels key="labels" labels={labels} />],
          ['Created', <Age key="created" at={createdAt} />],
        ]}
      />
      <div className={styles['description']}>
        {description.map((paragraph, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs never move
          <p key={index} dir="auto">
            {paragraph}
          </p>
        ))}
      </div>
    </article>
  );
}

function Labels({ labels }: { labels: string[] }) {
  return (
    <span className={styles['labels']}>
      {labels.map((label) => (
        <span key={label}>{label}</span>
      ))}
    </span>
  );
}

const decisions = {
  approved: { words: 'Approved', icon: IconCircleCheck },
  rejected: { words: 'Rejected', icon: IconCircleX },
  none: { words: 'Waits for approval', icon: IconHourglass },
};

function Decision({ decision, isShort = false }: { decision: DemoIssue['decision']; isShort?: boolean }) {
  const { words, icon: Sign } = decisions[decision ?? 'none'];
  return (
    <span className={styles['decision']} data-decision={decision ?? 'none'}>
      {isShort ? (
        <Sign size={14} stroke={1.75} role="img" aria-label={words} />
      ) : (
        <>
          <Sign size={14} stroke={1.75} aria-hidden /> {words}
        </>
      )}
    </span>
  );
}
