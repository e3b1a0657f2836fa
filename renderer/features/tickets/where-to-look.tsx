import { Button, Input } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { SentCreate } from '../../../shared/ticket.ts';
import { Facts } from '../../components/facts.tsx';
import { useAction } from '../../desk.ts';
import styles from './ticket-detail.module.css';

/** Where in Jira the issue is if it is anywhere, and the way there. */
export function WhereToLook({ requestId, sent }: { requestId: string; sent: SentCreate }) {
  const open = useAction('project:open');
  return (
    <div className={styles['actions']}>
      <Facts
        items={[
          ['Site', URL.canParse(sent.site) ? new URL(sent.site).host : sent.site],
          ['Project', sent.project],
          ['Key', keysAfter(sent.anchorKey)],
        ]}
      />
      <div className={styles['buttons']}>
        <Button
          leftSection={<IconExternalLink size={14} aria-hidden />}
          loading={open.isRunning}
          onClick={() => open.run({ requestId })}
        >
          Open the project in Jira
        </Button>
      </div>
      {open.trouble !== null && <Input.Error role="alert">{open.trouble.message}</Input.Error>}
    </div>
  );
}

/** Which keys the issue can have. `anchor`: the newest key that was known before, with number 0 in an empty project. */
function keysAfter(anchor: string | null): string {
  if (anchor === null) return 'Not known: among the newest ones';
  return anchor.endsWith('-0') ? 'Any: the project was empty before' : `After ${anchor}`;
}
