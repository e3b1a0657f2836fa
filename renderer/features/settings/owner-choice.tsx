import { Button, Select, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { OwnerView } from '../../../shared/settings-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { fieldLook, suggestingFieldLook } from '../../components/field-look.ts';
import { useKeptText } from '../../components/kept-text.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import styles from './fields.module.css';

export interface OwnerChoiceProps {
  candidates: OwnerView['candidates'];
  onAnswer(view: OwnerView): void;
  onCancel?(): void;
}

const memberId = /^[UW][A-Z0-9]{2,}$/;

/** Who are you in Slack: one of the people this desktop has met, or a member ID. */
export function OwnerChoice({ candidates, onAnswer, onCancel }: OwnerChoiceProps) {
  const ask = useAction('owner:ask');
  const [isTyping, setTyping] = useState(candidates.length === 0);
  const [text, setText] = useKeptText('owner: member id');
  const [chosen, setChosen] = useState<string | null>(null);
  const [isRefused, setRefused] = useState(false);
  const typed = text.trim().toUpperCase();
  const user = isTyping ? (memberId.test(typed) ? typed : null) : chosen;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setRefused(user === null);
    if (user === null || ask.isRunning) return;
    const answer = await ask.run({ user });
    if (answer !== null) onAnswer(answer.value);
  }

  return (
    <form className={styles['fields']} onSubmit={submit} noValidate>
      {isTyping ? (
        <TextInput
          {...fieldLook}
          label="Your member ID in Slack"
          placeholder="U01ABCD2EFG"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          description="In Slack: your picture, Profile, the ⋮ button, Copy member ID."
          error={isRefused && user === null && 'A member ID begins with U or W, then capital letters and digits.'}
          spellCheck={false}
          autoComplete="off"
        />
      ) : (
        <Select
          {...suggestingFieldLook}
          label="Who are you in Slack?"
          placeholder="People this desktop has met"
          data={candidates.map(({ id, name }) => ({ value: id, label: name === null ? id : `${name} (${id})` }))}
          value={chosen}
          onChange={setChosen}
          searchable
          nothingFoundMessage="Nobody by that name. Enter your member ID instead."
          error={isRefused && user === null && 'Choose yourself, or enter your member ID.'}
        />
      )}
      <TroubleNotice trouble={ask.trouble} />
      <div className={styles['actions']}>
        <Button type="submit" variant="filled" aria-disabled={ask.isRunning}>
          {ask.isRunning ? 'Asking the bot…' : 'Send me a code'}
        </Button>
        {candidates.length > 0 && (
          <Button
            variant="subtle"
            onClick={() => {
              setRefused(false);
              setTyping(!isTyping);
            }}
          >
            {isTyping ? 'Choose from a list' : 'I am not in the list'}
          </Button>
        )}
        {onCancel !== undefined && (
          <Button variant="subtle" color="gray" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}
