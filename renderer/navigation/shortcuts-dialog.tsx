import { Kbd, Modal } from '@mantine/core';
import styles from './shortcuts-dialog.module.css';

const mod = navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl';

const shortcuts: [keys: string[], what: string][] = [
  [[mod, '1 … 4'], 'Go to a page'],
  [['/'], 'Search tickets'],
  [['↑', '↓', 'Home', 'End'], 'Choose a ticket'],
  [['Enter'], 'Open its details'],
  [['Esc'], 'Close the details'],
  [['O'], 'Open the issue in Jira'],
  [['S'], 'Open the message in Slack'],
  [['C'], 'Copy the key'],
  [['T'], 'Try again now, or look again'],
  [['D'], 'Discard, after a question'],
  [['A', 'Enter'], 'Approve, in the details'],
  [['R', 'Enter'], 'Reject, in the details'],
  [['?'], 'Show this list'],
];

export function ShortcutsDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keyboard shortcuts">
      <dl className={styles['shortcuts']}>
        {shortcuts.map(([keys, what]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
