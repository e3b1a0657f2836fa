import { Button, Loader } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import type { TestReport as Report, SettingChange, TestTarget } from '../../shared/settings-view.ts';
import { useAction } from '../bridge/bridge.ts';
import { Notice } from './notice.tsx';
import styles from './test-report.module.css';

export interface TestReportProps {
  target: TestTarget;
  /** What is typed and not saved yet; the report goes when it changes. */
  change: SettingChange;
  /** The button's text: "Test the bot token". */
  label: string;
  /** The text while it runs: "Asking Slack…". */
  asking: string;
  /** Called where nothing stands in the way. */
  onPassed?(): void;
}

/** Tries settings before they are saved, and says what was found. */
export function TestReport({ target, change, label, asking, onPassed }: TestReportProps) {
  const test = useAction('settings:test');
  const [ended, setEnded] = useState<{ of: string; at: Date; report: Report | null } | null>(null);
  const key = JSON.stringify(change);

  async function run() {
    if (test.isRunning) return;
    const answer = await test.run({ target, change });
    setEnded({ of: key, at: new Date(), report: answer?.value ?? null });
    if (answer?.value.ok) onPassed?.();
  }

  const shown = !test.isRunning && ended?.of === key ? ended : null;
  return (
    <div className={styles['test']}>
      <Button
        leftSection={test.isRunning ? <Loader size={14} aria-hidden /> : <IconPlugConnected size={14} aria-hidden />}
        aria-disabled={test.isRunning}
        onClick={run}
      >
        {label}
      </Button>
      <span className={styles['words']} role="status">
        {test.isRunning && asking}
        {shown?.report && `${verdictOf(shown.report)} ${clock.format(shown.at)}`}
      </span>
      {shown?.report && <Findings findings={shown.report.findings} />}
      {shown !== null && test.trouble !== null && (
        <div className={styles['findings']}>
          <Notice tone="problem">{test.trouble.message}</Notice>
        </div>
      )}
    </div>
  );
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

function verdictOf({ ok, findings }: Report): string {
  if (!ok) return 'Does not work yet. Tested at';
  return findings.some(({ level }) => level === 'warning') ? 'Works, with a remark. Tested at' : 'Works. Tested at';
}

const signs = {
  ok: { icon: IconCircleCheck, words: 'Fine' },
  warning: { icon: IconAlertTriangle, words: 'Remark' },
  problem: { icon: IconCircleX, words: 'Problem' },
};

/** What a test found, a line each. */
export function Findings({ findings }: Pick<Report, 'findings'>) {
  return (
    <ul className={styles['findings']} aria-label="What the test found">
      {findings.map(({ level, message }) => {
        const { icon: Sign, words } = signs[level];
        return (
          <li key={message} data-level={level}>
            <Sign size={15} stroke={1.75} role="img" aria-label={words} />
            <span>{message}</span>
          </li>
        );
      })}
    </ul>
  );
}
