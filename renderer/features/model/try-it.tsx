import { Button, Kbd, Textarea } from '@mantine/core';
import { getHotkeyHandler } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { labels } from '../../../shared/labels.ts';
import type { ModelView, Trial } from '../../../shared/model-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { useKeptText } from '../../components/kept-text.ts';
import { Notice, TroubleNotice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { TypeBadge } from '../../components/type-badge.tsx';
import { answeredBy, whereTextGoes } from './model-words.ts';
import type { OpenAiConsent } from './openai-consent.ts';
import styles from './try-it.module.css';

const mod = navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl';
/** Characters that main takes at most. */
const longestText = 12_000;

const who = { gguf: 'The GGUF file', openai: 'OpenAI', builtin: 'The built-in model', none: 'Nobody' };

/** A box for a ticket's text, and what the models say to it. */
export function TryIt({ view, openai }: { view: ModelView; openai: OpenAiConsent }) {
  const [text, setText] = useKeptText('model:try');
  const [trial, setTrial] = useState<Trial | null>(null);
  const classify = useAction('model:try');

  const verdict = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (trial !== null) verdict.current?.scrollIntoView({ block: 'nearest' });
  }, [trial]);

  async function run() {
    if (text.trim() === '' || classify.isRunning) return;
    const answer = await classify.run({ text });
    if (answer !== null) setTrial(answer.value);
  }

  return (
    <Panel title="Try it" description={whereTextGoes(view, openai)}>
      <Textarea
        aria-label="A ticket’s text"
        placeholder="What somebody might type after /ticket"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={getHotkeyHandler([['mod+Enter', run]])}
        maxLength={longestText}
        classNames={{ input: styles['text'] ?? '' }}
        dir="auto"
      />
      <div className={styles['row']}>
        <Button
          variant="filled"
          disabled={text.trim() === ''}
          loading={classify.isRunning}
          loaderProps={{ type: 'dots', size: 'xs' }}
          onClick={run}
        >
          Classify
        </Button>
        <span className={styles['keys']}>
          <Kbd size="xs">{mod}</Kbd> <Kbd size="xs">Enter</Kbd>
        </span>
        <span role="status" className={styles['keys']}>
          {classify.isRunning && 'Asking…'}
        </span>
      </div>
      <TroubleNotice trouble={classify.trouble} title="No answer" />
      <div ref={verdict} role="status">
        {trial !== null && !classify.isRunning && <Verdict trial={trial} />}
      </div>
    </Panel>
  );
}

function Verdict({ trial: { classification, passedOver } }: { trial: Trial }) {
  const { label, confidence, probabilities } = classification;
  return (
    <div className={styles['verdict']}>
      <p className={styles['label']}>
        <TypeBadge label={label} />
        {confidence !== null && <span className={styles['sure']}>{percent(confidence)} sure</span>}
      </p>
      <p className={styles['by']}>{answeredBy(classification)}.</p>
      {probabilities === null ? (
        classification.source === 'openai' && <p className={styles['by']}>OpenAI gives no probabilities.</p>
      ) : (
        <ul className={styles['shares']} aria-label="Probabilities">
          {labels.map((name) => (
            <li key={name} data-chosen={name === label || undefined}>
              <TypeBadge label={name} />
              <span className={styles['bar']} aria-hidden>
                <span style={{ width: `${probabilities[name] * 100}%` }} />
              </span>
              <span className={styles['percent']}>{percent(probabilities[name])}</span>
            </li>
          ))}
        </ul>
      )}
      {passedOver.map(({ source, message }) => (
        <Notice key={source} tone="warning" title={`${who[source]} was asked before and could not answer`}>
          {message}
        </Notice>
      ))}
    </div>
  );
}

function percent(share: number): string {
  return `${share > 0 && share < 0.005 ? '<1' : Math.round(share * 100)} %`;
}
