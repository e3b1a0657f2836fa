import { UnstyledButton } from '@mantine/core';
import { IconPaperclip, IconSquareCheck } from '@tabler/icons-react';
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

/** One issue as a person sees it in Jira, and the others to choose from. */
export function IssuePane({ issues, shown, onShow }: IssuePaneProps) {
  if (shown === undefined) {
    return (
      <EmptyState icon={IconSquareCheck} title="No issues yet">
        File a ticket in Slack, and its issue appears here within a second.
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
                  <Status status={issue.status} />
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
  const { key, summary, issueType, status, labels, assignee, reporter, fields, createdAt } = issue;
  return (
    <article aria-label={key} className={styles['issue']}>
      <p className={styles['line']}>
        <span className={styles['key']}>{key}</span>
        <Status status={status} />
      </p>
      <h3 className={styles['title']} dir="auto">
        {summary}
      </h3>
      <Facts
        items={[
          ['Type', issueType],
          ...fields.map(({ name, value }): [string, string] => [name, value]),
          labels.length === 0 ? null : ['Labels', <Labels key="labels" labels={labels} />],
          ['Assignee', assignee ?? 'Unassigned'],
          ['Reporter', reporter],
          ['Created', <Age key="created" at={createdAt} />],
        ]}
      />
      <Paragraphs text={issue.description} />
      <Attachments attachments={issue.attachments} />
      <Comments comments={issue.comments} />
    </article>
  );
}

function Status({ status: { name, category } }: Pick<DemoIssue, 'status'>) {
  return (
    <span className={styles['status']} data-category={category}>
      {name}
    </span>
  );
}

function Paragraphs({ text }: { text: string[] }) {
  return (
    <div className={styles['description']}>
      {text.map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs never move
        <p key={index} dir="auto">
          {paragraph}
        </p>
      ))}
    </div>
  );
}

function Attachments({ attachments }: Pick<DemoIssue, 'attachments'>) {
  if (attachments.length === 0) return null;
  return (
    <>
      <h4 className={styles['heading']}>Attachments</h4>
      <ul className={styles['files']} aria-label="Attachments">
        {attachments.map(({ name, bytes }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and they never move
          <li key={index}>
            <IconPaperclip size={14} stroke={1.75} aria-hidden /> <span dir="auto">{name}</span>{' '}
            <span className={styles['quiet']}>{sizeWords(bytes)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function sizeWords(bytes: number): string {
  return bytes < 1000
    ? `${bytes} B`
    : bytes < 1e6
      ? `${Math.round(bytes / 1000)} kB`
      : `${(bytes / 1e6).toFixed(1)} MB`;
}

function Comments({ comments }: Pick<DemoIssue, 'comments'>) {
  if (comments.length === 0) return null;
  return (
    <>
      <h4 className={styles['heading']}>Comments</h4>
      <ul className={styles['comments']} aria-label="Comments">
        {comments.map(({ author, text, at }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: comments come at the end and never move
          <li key={index}>
            <strong>{author}</strong>{' '}
            <span className={styles['quiet']}>
              <Age at={at} />
            </span>
            <Paragraphs text={text} />
          </li>
        ))}
      </ul>
    </>
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
