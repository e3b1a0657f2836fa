import { Button, CloseButton, Kbd } from '@mantine/core';
import { IconBrandSlack, IconCheck, IconCopy, IconExternalLink, IconX } from '@tabler/icons-react';
import { useId } from 'react';
import { Notice } from '../../components/notice.tsx';
import { useNavigation } from '../../navigation/navigation.ts';
import styles from './ticket-detail.module.css';
import type { TicketActions } from './use-ticket-actions.ts';

export interface ActionBarProps {
  actions: TicketActions;
  /** Whether it waits for a decision. */
  isDecidable: boolean;
  /** Whether somebody said whose desktop this is; null while unknown. */
  hasOwner: boolean | null;
}

/** What can be done with a ticket, each with its key. */
export function ActionBar({ actions, isDecidable, hasOwner }: ActionBarProps) {
  const { go } = useNavigation();
  const reasonId = useId();
  const { decide, openIssue, openMessage, copyKey } = actions;
  if (!isDecidable && openIssue === null && openMessage === null && copyKey === null) return null;
  const described = hasOwner === false ? { 'aria-describedby': reasonId } : {};
  return (
    <div className={styles['actions']}>
      {isDecidable && (
        <div className={styles['buttons']}>
          <Button
            variant="filled"
            leftSection={<IconCheck size={14} aria-hidden />}
            disabled={decide === null}
            rightSection={<KeyHint letter="A" />}
            aria-keyshortcuts="A"
            onClick={() => decide?.('approved')}
            {...described}
          >
            Approve
          </Button>
          <Button
            leftSection={<IconX size={14} aria-hidden />}
            disabled={decide === null}
            rightSection={<KeyHint letter="R" />}
            aria-keyshortcuts="R"
            onClick={() => decide?.('rejected')}
            {...described}
          >
            Reject
          </Button>
        </div>
      )}
      {isDecidable && hasOwner === false && (
        <p className={styles['hint']} id={reasonId}>
          A decision carries a person’s name.{' '}
          <button type="button" className={styles['link']} onClick={() => go({ page: 'Settings', section: 'owner' })}>
            Say whose desktop this is
          </button>{' '}
          to approve and reject from here.
        </p>
      )}
      <div className={styles['buttons']}>
        {openIssue !== null && (
          <Button
            leftSection={<IconExternalLink size={14} aria-hidden />}
            rightSection={<KeyHint letter="O" />}
            aria-keyshortcuts="O"
            onClick={openIssue}
          >
            Open in Jira
          </Button>
        )}
        {openMessage !== null && (
          <Button
            leftSection={<IconBrandSlack size={14} aria-hidden />}
            rightSection={<KeyHint letter="S" />}
            aria-keyshortcuts="S"
            onClick={openMessage}
          >
            Open in Slack
          </Button>
        )}
        {copyKey !== null && (
          <Button
            leftSection={<IconCopy size={14} aria-hidden />}
            rightSection={<KeyHint letter="C" />}
            aria-keyshortcuts="C"
            onClick={copyKey}
          >
            Copy key
          </Button>
        )}
      </div>
    </div>
  );
}

/** How the last action ended. */
export function ActionResult({ actions: { said, dismiss } }: { actions: TicketActions }) {
  if (said === null) return null;
  return (
    <Notice tone={said.tone} action={<CloseButton size="sm" aria-label="Dismiss" onClick={dismiss} />}>
      {said.message}
    </Notice>
  );
}

/** The key that a button has, shown on it. */
export function KeyHint({ letter }: { letter: string }) {
  return (
    <Kbd size="xs" aria-hidden>
      {letter}
    </Kbd>
  );
}
