import { CopyButton } from '../../components/copy-button.tsx';
import styles from './guide.module.css';

/** Something to type in Slack. */
export function CommandLine({ text }: { text: string }) {
  return (
    <span className={styles['row']}>
      <code className={styles['command']}>{text}</code>
      <CopyButton text={text}>{`Copy ${text.split(' ')[0] ?? text}`}</CopyButton>
    </span>
  );
}
