import { Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconActivityHeartbeat,
  IconCpu,
  IconKeyboard,
  IconMessages,
  IconSettings,
  IconTicket,
} from '@tabler/icons-react';
import type { AppStatus } from '../../shared/app-status.ts';
import { type PageName, useNavigation } from './navigation.ts';
import styles from './rail.module.css';

const icons = {
  Tickets: IconTicket,
  Model: IconCpu,
  Settings: IconSettings,
  Status: IconActivityHeartbeat,
  Demo: IconMessages,
} as const satisfies Record<PageName, unknown>;

export interface RailProps {
  pages: readonly PageName[];
  status: AppStatus | null;
  onHelp(): void;
}

/** The pages, and how the connections are: at the left, or at the bottom of a narrow window. */
export function Rail({ pages, status, onHelp }: RailProps) {
  const { place, go } = useNavigation();
  return (
    <div className={styles['rail']}>
      <nav aria-label="Pages" className={styles['pages']}>
        {pages.map((page) => {
          const Sign = icons[page];
          return (
            <UnstyledButton
              key={page}
              className={styles['page']}
              aria-current={page === place.page ? 'page' : undefined}
              // Shown by CSS, so that the button's name stays the page's.
              data-count={page === 'Tickets' ? countOf(status?.attention ?? 0) : undefined}
              onClick={() => go({ page })}
            >
              <Sign size={18} stroke={1.75} aria-hidden />
              <span>{page}</span>
            </UnstyledButton>
          );
        })}
      </nav>
      <aside className={styles['foot']} aria-label="Connections">
        {status !== null && <Lights status={status} />}
        <UnstyledButton className={styles['page']} onClick={onHelp}>
          <IconKeyboard size={18} stroke={1.75} aria-hidden />
          <span>Shortcuts</span>
        </UnstyledButton>
      </aside>
    </div>
  );
}

function countOf(attention: number): string | undefined {
  if (attention === 0) return undefined;
  return attention > 99 ? '99+' : String(attention);
}

const partNames = { slack: 'Slack', jira: 'Jira', model: 'Model' } as const;
const words = { off: 'off', busy: 'starting', ok: 'fine', trouble: 'trouble' } as const;

/** `loaded tiny.gguf on cpu`. */
function modelWords({ code, file, device }: AppStatus['model']): string {
  return [code, file, device === null ? null : `on ${device}`].filter((word) => word !== null).join(' ');
}

function Lights({ status }: { status: AppStatus }) {
  const { go } = useNavigation();
  return (
    <ul className={styles['lights']}>
      {(['slack', 'jira', 'model'] as const).map((part) => {
        const { state, code, detail } = status[part];
        const known = part === 'model' ? modelWords(status.model) : code;
        return (
          <li key={part}>
            <Tooltip label={detail ?? known} multiline maw={280} position="right">
              <UnstyledButton className={styles['light']} data-state={state} onClick={() => go({ page: 'Status' })}>
                <span className={styles['dot']} aria-hidden />
                <span>{partNames[part]}</span>
                <span className={styles['word']}>
                  {part === 'model' && state === 'off' ? 'built-in' : words[state]}
                </span>
              </UnstyledButton>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}
