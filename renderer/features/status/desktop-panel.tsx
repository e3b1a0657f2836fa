import { Button, Input } from '@mantine/core';
import { IconFileText, IconFolderOpen } from '@tabler/icons-react';
import type { AppStatus } from '../../../shared/app-status.ts';
import { useAction } from '../../bridge/bridge.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { fileSize } from '../../components/figures.ts';
import { Panel } from '../../components/panel.tsx';
import { longTime } from '../../components/time.tsx';
import styles from './desktop-panel.module.css';

/** What lies on this machine, and where. */
export function DesktopPanel({ status: { log, version, dataDir } }: { status: AppStatus }) {
  const open = useAction('folder:open');
  return (
    <Panel title="On this computer">
      <Facts
        items={[
          ['Tickets', `${log.tickets.toLocaleString()} in the log, ${fileSize(log.bytes)}`],
          ['Last backup', log.backup.at === null ? 'None yet' : longTime(log.backup.at)],
          ['Free on disk', log.diskFree === null ? 'Unknown' : fileSize(log.diskFree)],
          [
            'Data folder',
            <div key="folder" className={styles['place']}>
              <span>{dataDir}</span>
              <Button leftSection={<IconFolderOpen size={14} aria-hidden />} onClick={() => open.run({ what: 'data' })}>
                Open folder
              </Button>
              <CopyButton text={dataDir}>Copy path</CopyButton>
            </div>,
          ],
          [
            'Log file',
            <div key="log" className={styles['place']}>
              <span>What went wrong and when, without tokens and texts.</span>
              <Button leftSection={<IconFileText size={14} aria-hidden />} onClick={() => open.run({ what: 'log' })}>
                Show log file
              </Button>
            </div>,
          ],
          ['Version', version],
        ]}
      />
      {open.trouble !== null && <Input.Error role="alert">{open.trouble.message}</Input.Error>}
    </Panel>
  );
}
