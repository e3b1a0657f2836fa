import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OwnerView } from '../../../shared/settings-view.ts';
import { useAction, useLive } from '../../bridge/bridge.ts';
import { useKeptFocus } from '../../components/kept-focus.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { Person } from '../../components/person.tsx';
import { ReadState } from '../../components/read-state.tsx';
import { longTime } from '../../components/time.tsx';
import styles from './fields.module.css';
import { OwnerChoice } from './owner-choice.tsx';
import { OwnerCode } from './owner-code.tsx';

/** Whose desktop this is: chosen here, proved with a code that only that person is sent. */
export function OwnerSection() {
  const live = useLive('owner:read', undefined, 'settings');
  const { value: view, accept } = live;
  const [answered, setAnswered] = useState<OwnerView | null>(null);
  const [isChoosing, setChoosing] = useState(false);

  const part = useKeptFocus<HTMLDivElement>(`${isChoosing} ${JSON.stringify(view)}`);

  function show(next: OwnerView) {
    accept(next);
    setAnswered(next);
    setChoosing(false);
  }

  return (
    <Panel
      title="Your desktop"
      description="Approving and rejecting in this window happens in somebody’s name. Say who you are in Slack; the bot sends you a code once, so that nobody can claim to be you."
    >
      <div ref={part} className={styles['fields']} tabIndex={-1}>
        {view === null && <ReadState live={live} height={36} />}
        {view?.owner && (
          <Confirmed owner={view.owner} onAnswer={show} onChange={() => setChoosing(true)} isChoosing={isChoosing} />
        )}
        {view?.pending && !isChoosing && (
          <OwnerCode
            key={view.pending.expiresAt}
            pending={view.pending}
            name={view.candidates.find(({ id }) => id === view.pending?.user)?.name ?? null}
            isNew={view === answered}
            onAnswer={show}
            onChange={() => setChoosing(true)}
          />
        )}
        {view !== null && (isChoosing || (view.owner === null && view.pending === null)) && (
          <OwnerChoice
            candidates={view.candidates}
            onAnswer={show}
            {...(view.owner === null && view.pending === null ? {} : { onCancel: () => setChoosing(false) })}
          />
        )}
      </div>
    </Panel>
  );
}

interface ConfirmedProps {
  owner: NonNullable<OwnerView['owner']>;
  isChoosing: boolean;
  onAnswer(view: OwnerView): void;
  onChange(): void;
}

function Confirmed({ owner, isChoosing, onAnswer, onChange }: ConfirmedProps) {
  const forget = useAction('owner:forget');
  return (
    <>
      <div className={styles['owner']} role="status">
        <Person id={owner.user} name={owner.name} />
        <span className={styles['quiet']}>
          {owner.name !== null && `${owner.user}, `}confirmed {longTime(owner.confirmedAt)}
        </span>
      </div>
      {!isChoosing && (
        <div className={styles['actions']}>
          <Button onClick={onChange}>Choose somebody else</Button>
          <Button
            variant="subtle"
            color="gray"
            onClick={async () => {
              if (forget.isRunning) return;
              const answer = await forget.run(undefined);
              if (answer !== null) onAnswer(answer.value);
            }}
          >
            Forget
          </Button>
          <span className={styles['quiet']}>Without a person, tickets are decided in Slack only.</span>
        </div>
      )}
      <TroubleNotice trouble={forget.trouble} />
    </>
  );
}
