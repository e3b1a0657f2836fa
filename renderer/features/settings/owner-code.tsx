import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import type { OwnerView } from '../../../shared/settings-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { fieldLook } from '../../components/field-look.ts';
import { Notice, TroubleNotice } from '../../components/notice.tsx';
import styles from './fields.module.css';

export interface OwnerCodeProps {
  pending: NonNullable<OwnerView['pending']>;
  name: string | null;
  /** It was asked for just now, so the person goes on here. */
  isNew: boolean;
  onAnswer(view: OwnerView): void;
  onChange(): void;
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** Takes the code that the bot sent. */
export function OwnerCode({ pending: { user, expiresAt }, name, isNew, onAnswer, onChange }: OwnerCodeProps) {
  const confirm = useAction('owner:confirm');
  const again = useAction('owner:ask');
  const [code, setCode] = useState('');
  const [isRefused, setRefused] = useState(false);
  const isExpired = useIsPast(expiresAt);
  const digits = code.replace(/[\s-]/g, '');
  const isWhole = /^\d{6}$/.test(digits);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setRefused(!isWhole);
    if (!isWhole || isExpired || confirm.isRunning) return;
    const answer = await confirm.run({ code: digits });
    if (answer !== null) onAnswer(answer.value);
  }

  async function sendAgain() {
    if (again.isRunning) return;
    const answer = await again.run({ user });
    if (answer !== null) onAnswer(answer.value);
  }

  const trouble = again.trouble ?? confirm.trouble;
  return (
    <form className={styles['fields']} onSubmit={submit} noValidate>
      {isExpired ? (
        <Notice tone="warning">The code for {name ?? user} has expired. Ask for a new one.</Notice>
      ) : (
        <>
          <Notice tone="info" title={`A code is on its way to ${name ?? user}`}>
            The bot sent it as a direct message in Slack. It works until {clock.format(new Date(expiresAt))}.
          </Notice>
          <TextInput
            {...fieldLook}
            className={styles['code']}
            label="Code"
            autoFocus={isNew}
            placeholder="123456"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={isRefused && !isWhole && 'The code has six digits.'}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={12}
          />
        </>
      )}
      <TroubleNotice trouble={trouble} />
      <div className={styles['actions']}>
        {!isExpired && (
          <Button type="submit" variant="filled" aria-disabled={confirm.isRunning}>
            Confirm
          </Button>
        )}
        <Button variant={isExpired ? 'filled' : 'default'} aria-disabled={again.isRunning} onClick={sendAgain}>
          {again.isRunning ? 'Asking the bot…' : 'Send another code'}
        </Button>
        <Button variant="subtle" color="gray" onClick={onChange}>
          Choose somebody else
        </Button>
      </div>
    </form>
  );
}

/** Whether a moment has passed; tells when it does. */
function useIsPast(iso: string): boolean {
  const [isPast, setPast] = useState(() => Date.parse(iso) <= Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setPast(true), Math.max(0, Date.parse(iso) - Date.now()));
    return () => clearTimeout(timer);
  }, [iso]);
  return isPast;
}
