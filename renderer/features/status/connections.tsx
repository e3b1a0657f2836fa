import { Button } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { AppStatus, PartHealth } from '../../../shared/app-status.ts';
import { Age, longTime } from '../../components/time.tsx';
import { type Place, useNavigation } from '../../navigation/navigation.ts';
import styles from './connections.module.css';

/** Slack, Jira and the model beside each other: a sign, a word, and what is known. */
export function Connections({ status }: { status: AppStatus }) {
  const { slack, jira, model } = status;
  return (
    <div className={styles['cards']}>
      <Card
        name="Slack"
        state={slack.paused ? 'off' : slack.state}
        word={slack.paused ? 'Paused' : words[slack.state]}
        button={['Slack settings', { page: 'Settings', section: 'slack' }]}
      >
        {slack.since !== null && !slack.paused && (
          <span>
            Since {longTime(slack.since)} (<Age at={slack.since} />)
          </span>
        )}
        {slack.state === 'trouble' && !slack.paused && <span>No commands come in here.</span>}
        {slack.desktops !== null && !slack.paused && <span>{desktopWords(slack.desktops)}</span>}
      </Card>
      <Card
        name="Jira"
        state={jira.state}
        word={jira.state === 'ok' ? 'Answers' : words[jira.state]}
        button={['Jira settings', { page: 'Settings', section: 'jira' }]}
      >
        {jira.state === 'ok' && <span>Tickets are filed at once.</span>}
        {jira.state === 'trouble' && <span>Tickets are kept here until it works again.</span>}
      </Card>
      <Card name="Model" state={model.state} word={modelWords[model.state]} button={['Models', { page: 'Model' }]}>
        {model.state === 'ok' && (
          <span>
            {model.file}, on {model.device}
          </span>
        )}
        {model.state === 'busy' && <span>{model.file}. Tickets wait for it briefly.</span>}
        {model.state === 'off' && (
          <span>{model.detail ?? 'The built-in model answers, or OpenAI where it is allowed.'}</span>
        )}
        {model.state === 'trouble' && <span>Others classify meanwhile.</span>}
      </Card>
    </div>
  );
}

const words = { off: 'Off', busy: 'Connecting…', ok: 'Connected', trouble: 'Trouble' };
const modelWords = { off: 'No GGUF file', busy: 'Loading…', ok: 'Loaded', trouble: 'Trouble' };

function desktopWords(desktops: number): string {
  return desktops === 1 ? 'No other desktop was online then' : `${desktops} desktops were online then`;
}

interface CardProps {
  name: string;
  state: PartHealth['state'];
  word: string;
  button: [label: string, place: Place];
  children: ReactNode;
}

function Card({ name, state, word, button: [label, place], children }: CardProps) {
  const { go } = useNavigation();
  return (
    <section className={styles['card']} data-state={state} aria-label={name}>
      <h2>{name}</h2>
      <p className={styles['word']}>
        <span className={styles['dot']} aria-hidden />
        {word}
      </p>
      <div className={styles['facts']}>{children}</div>
      <Button
        className={styles['button']}
        variant="subtle"
        size="compact-xs"
        rightSection={<IconChevronRight size={14} aria-hidden />}
        onClick={() => go(place)}
      >
        {label}
      </Button>
    </section>
  );
}
