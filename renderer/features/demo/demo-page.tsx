import { UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { isolated } from '../../../shared/bidi.ts';
import type { DemoView } from '../../../shared/demo-view.ts';
import { useLive } from '../../bridge/bridge.ts';
import { Page } from '../../components/page.tsx';
import { ReadState } from '../../components/read-state.tsx';
import { DemoModalDialog } from './demo-modal.tsx';
import styles from './demo-page.module.css';
import { DemoSteps } from './demo-steps.tsx';
import { IssuePane } from './issue-pane.tsx';
import { SlackPane } from './slack-pane.tsx';

/** A channel and a Jira on this machine, beside each other, to try everything in. */
export function DemoPage() {
  const live = useLive('demo:read', undefined, 'demo');
  const { value: view, trouble } = live;
  return (
    <Page title="Demo" isFlush actions={view !== null && <DemoSteps {...view} />}>
      {(view === null || trouble !== null) && (
        <div className={styles['padded']}>
          <ReadState live={live} failure="The demo could not be read" height={220} />
        </div>
      )}
      {view !== null && <DemoPanes view={view} />}
    </Page>
  );
}

function DemoPanes({ view }: { view: DemoView }) {
  const { issues, modal } = view;
  const isNarrow = useMediaQuery('(max-width: 639px)', false);
  const bar = useRef<HTMLButtonElement>(null);
  const [isJiraOpen, setJiraOpen] = useState(false);
  // A choice holds until another issue is filed: that is what a person wants to see then.
  const [choice, setChoice] = useState<{ key: string; newest: string | undefined } | null>(null);
  const newest = issues[0];
  const chosen = choice?.newest === newest?.key ? issues.find(({ key }) => key === choice?.key) : undefined;
  const shown = chosen ?? newest;

  function show(key: string) {
    setChoice({ key, newest: newest?.key });
    setJiraOpen(true);
    // In a narrow window the channel goes, and the focus with it.
    bar.current?.focus();
  }

  const links = { issueKeys: issues.map(({ key }) => key), onIssue: show };
  return (
    <div className={styles['panes']}>
      {(!isNarrow || !isJiraOpen) && (
        <section className={styles['channel']} aria-label="Slack">
          <SlackPane view={view} isNarrow={isNarrow} {...links} />
        </section>
      )}
      <section className={styles['jira']} aria-label="Jira">
        {isNarrow ? (
          <UnstyledButton
            ref={bar}
            className={styles['bar']}
            aria-expanded={isJiraOpen}
            onClick={() => setJiraOpen(!isJiraOpen)}
          >
            <h2>Jira</h2>
            <span className={styles['newest']}>
              {isJiraOpen
                ? 'Back to Slack'
                : shown === undefined
                  ? 'no issues yet'
                  : `${shown.key}  ${isolated(shown.summary)}`}
            </span>
            {isJiraOpen ? <IconChevronDown size={16} aria-hidden /> : <IconChevronUp size={16} aria-hidden />}
          </UnstyledButton>
        ) : (
          <h2 className={styles['name']}>
            Jira <span className={styles['what']}>{issues.length > 0 && countWords(issues.length)}</span>
          </h2>
        )}
        {(!isNarrow || isJiraOpen) && <IssuePane issues={issues} shown={shown} onShow={show} />}
      </section>
      {modal !== null && <DemoModalDialog key={modal.id} modal={modal} {...links} />}
    </div>
  );
}

const countWords = (count: number) => (count === 1 ? '1 issue' : `${count} issues`);
