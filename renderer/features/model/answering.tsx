import { Button, Loader } from '@mantine/core';
import { type Icon, IconAlertTriangle, IconBox, IconChevronRight, IconCloud, IconCpu } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import type { ModelView } from '../../../shared/model-view.ts';
import type { Source } from '../../../shared/ticket.ts';
import { useNavigation } from '../../navigation/navigation.ts';
import styles from './answering.module.css';
import { headline } from './model-words.ts';
import type { OpenAiConsent } from './openai-consent.ts';

/** Who answers and why, and below it everybody who could, in the order in which they are asked. */
export function Answering({ view, openai }: { view: ModelView; openai: OpenAiConsent }) {
  const id = useId();
  const { go } = useNavigation();
  const now = view.answering.source;
  return (
    <section className={styles['answering']} aria-labelledby={id}>
      <div role="status" className={styles['statement']}>
        <h2 id={id}>
          {headline(view)}
          {view.state.state === 'loading' && <Loader size={14} aria-hidden />}
        </h2>
        <p>{view.answering.why}</p>
      </div>
      <ol className={styles['order']} aria-label="Who is asked, in this order">
        <Asked source="gguf" now={now} icon={IconCpu} name="GGUF file">
          <GgufState state={view.state} isAsked={now === 'gguf'} />
        </Asked>
        <Asked
          source="openai"
          now={now}
          icon={IconCloud}
          name="OpenAI"
          action={
            <Button
              variant="subtle"
              size="compact-xs"
              rightSection={<IconChevronRight size={14} aria-hidden />}
              onClick={() => go({ page: 'Settings', section: 'openai' })}
            >
              OpenAI settings
            </Button>
          }
        >
          {openAiWords(openai)}
        </Asked>
        <Asked source="builtin" now={now} icon={IconBox} name="Built-in model">
          Small and quick, made for English, Spanish and German, always there. Version {view.builtin}.
        </Asked>
      </ol>
    </section>
  );
}

function openAiWords({ isAllowed, hasKey, host, model }: OpenAiConsent): string {
  if (!isAllowed) return 'Off, so no ticket’s text leaves this computer for a model.';
  if (!hasKey) return 'Allowed, but there is no key yet, so nothing is sent.';
  return `Allowed: where no GGUF file answers, the text goes to ${model} at ${host}.`;
}

/** `isAsked`: not where the built-in model was measured to be as good. */
function GgufState({ state: { state, device, message }, isAsked }: Pick<ModelView, 'state'> & { isAsked: boolean }) {
  switch (state) {
    case 'none':
      return message ?? 'None is there.';
    case 'loading':
      return 'Loading. That can take a minute.';
    case 'loaded':
      return isAsked
        ? `Loaded, on ${device}. Its answer counts; the others are asked only where it has none.`
        : `Loaded, on ${device}, but not asked.`;
    case 'unloaded':
      return isAsked
        ? 'Unloaded, so it takes no memory. The next ticket loads it again.'
        : 'Unloaded, so it takes no memory, and not asked.';
    case 'failed':
      return (
        <span className={styles['failed']}>
          <IconAlertTriangle size={14} stroke={1.75} role="img" aria-label="Failed" />
          <span>{message}</span>
        </span>
      );
  }
}

interface AskedProps {
  source: Source;
  now: Source;
  icon: Icon;
  name: string;
  action?: ReactNode;
  children: ReactNode;
}

function Asked({ source, now, icon: Sign, name, action, children }: AskedProps) {
  const isNow = source === now;
  return (
    <li aria-current={isNow || undefined}>
      <Sign size={16} stroke={1.75} aria-hidden className={styles['sign']} />
      <div className={styles['who']}>
        <span className={styles['name']}>{name}</span>
        {isNow && <span className={styles['badge']}>asked first</span>}
      </div>
      <div className={styles['words']}>{children}</div>
      <div className={styles['action']}>{action}</div>
    </li>
  );
}
