import { UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { isolated } from '../../../shared/bidi.ts';
import type { DemoView } from '../../../shared/demo-view.ts';
import { useLive } from '../../bridge/bridge.ts';
import { useKeptText } from '../../components/kept-text.ts';
import { Page } from '../../components/page.tsx';
import { ReadState } from '../../components/read-state.tsx';
import { Channel } from './channel.tsx';
import { Composer } from './composer.tsx';
import styles from './demo-page.module.css';
import { DemoSteps } from './demo-steps.tsx';
import { IssuePane } from './issue-pane.tsx';
import { Suggestions } from './suggestions.tsx';

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
  const { channel, issues } = view;
  const isNarrow = useMediaQuery('(max-width: 639px)', false);
  const [text, setText] = useKeptText('demo');
  const [sent, setSent] = useState(0);
  const input = useRef<HTMLTextAreaElement>(null);
  const bar = useRef<HTMLButtonElement>(null);
  const [isJiraOpen, setJiraOpen] = useState(false);
  // A choice holds until another issue is filed: that is what a person wants to see then.
  const [choice, setChoice] = useState<{ key: string; newest: string | undefined } | null>(null);
  const newest = issues[0];
  const chosen = choice?.newest === newest?.key ? issues.find(({ key }) => key === choice?.key) : undefined;
  const shown = chosen ?? newest;

  // What a person does here is write.
  useLayoutEffect(() => input.current?.focus(), []);

  function show(key: string) {
    setChoice({ key, newest: newest?.key });
    setJiraOpen(true);
    // In a narrow window the channel goes, and the focus with it.
    bar.current?.focus();
  }

  function suggest(ticket: string) {
    setText(`/ticket ${ticket}`);
    input.current?.focus();
  }

  const isChannelShown = !isNarrow || !isJiraOpen;
  return (
    <div className={styles['panes']}>
      {isChannelShown && (
        <section className={styles['channel']} aria-label="Slack">
          <h2 className={styles['name']}>
            <span aria-hidden>#</span> {channel} <span className={styles['what']}>in Slack, as {view.you}</span>
          </h2>
          <Channel view={view} sent={sent} issueKeys={issues.map(({ key }) => key)} onIssue={show}>
            {issues.length === 0 && (
              <div className={styles['first']}>
                <Suggestions onSuggestion={suggest} />
              </div>
            )}
          </Channel>
          <Composer
            channel={channel}
            text={text}
            onText={setText}
            onSuggestion={suggest}
            onSent={() => setSent(sent + 1)}
            inputRef={input}
          />
        </section>
      )}
      <section className={styles['jira']} aria-label="Jira">
        {isNarrow ? (
          <UnstyledButton className={styles['bar']} aria-expanded={isJiraOpen} onClick={() => setJiraOpen(!isJiraOpen)}>
            <h2>Jira</h2>
            <span className={styles['newest']}>
              {isJiraOpen
                ? 'Back to the channel'
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
    </div>
  );
}

const countWords = (count: number) => (count === 1 ? '1 issue' : `${count} issues`);
