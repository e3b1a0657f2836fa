import { Button, Input, PasswordInput } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconLock,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { useId, useState } from 'react';
import { type SecretName, secretNames } from '../../shared/settings.ts';
import { fieldLook } from './field-look.ts';
import { useKeptFocus } from './kept-focus.ts';
import { RefusedSecret } from './refused-secret.tsx';
import styles from './secret-field.module.css';
import { cleanSecret, secretHint } from './secret-hint.ts';
import { type SettingFieldProps, SettingNote } from './setting-note.tsx';

export interface SecretFieldProps extends SettingFieldProps {
  label: string;
  placeholder?: string;
  /** Where to find it, below the field. */
  help?: string;
}

/** A secret: it can be entered, replaced and forgotten, but what is saved never comes back to the window. */
export function SecretField({ setting, draft, onDraft, label, placeholder, help }: SecretFieldProps) {
  const [isReplacing, setReplacing] = useState(false);
  const [told, setTold] = useState(draft);
  const id = useId();
  const name = secretNames.find((known) => known === setting.name);
  const isForgotten = setting.isSet && draft === '';
  // What was typed is saved, or given up elsewhere.
  if (draft !== told) {
    setTold(draft);
    if (draft === undefined) setReplacing(false);
  }
  const isTyping = !setting.isFixed && !isForgotten && (!setting.isSet || isReplacing || Boolean(draft));

  const field = useKeptFocus<HTMLDivElement>(isTyping);

  function tell(text: string | undefined, isStillReplacing: boolean) {
    setTold(text);
    setReplacing(isStillReplacing);
    onDraft(text);
  }

  return (
    <div ref={field} className={styles['field']} tabIndex={-1}>
      <div className={styles['head']}>
        <Input.Label id={`${id}-label`} {...(isTyping ? { htmlFor: id } : { labelElement: 'div' })}>
          {label}
        </Input.Label>
        <SecretState setting={setting} draft={draft} />
      </div>
      {!draft && <RefusedSecret setting={setting} />}
      {isTyping ? (
        <div className={styles['typing']}>
          <PasswordInput
            {...fieldLook}
            id={id}
            className={styles['input']}
            value={draft ?? ''}
            onChange={(event) => tell(cleanSecret(event.currentTarget.value) || undefined, true)}
            autoFocus={isReplacing}
            {...(placeholder === undefined ? {} : { placeholder })}
            description={<Below name={name} text={draft ?? ''} help={help} />}
            visibilityToggleFocusable
            visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
            spellCheck={false}
            autoComplete="off"
          />
          {setting.isSet && <Button onClick={() => tell(undefined, false)}>Keep it</Button>}
        </div>
      ) : (
        <fieldset className={styles['saved']} aria-labelledby={`${id}-label`}>
          <span className={styles['dots']} aria-hidden>
            {isForgotten || !setting.isSet ? '' : '••••••••••••••••'}
          </span>
          {isForgotten && <Button onClick={() => tell(undefined, false)}>Keep it</Button>}
          {!isForgotten && !setting.isFixed && (
            <>
              <Button leftSection={<IconPencil size={14} aria-hidden />} onClick={() => setReplacing(true)}>
                Replace
              </Button>
              <Button
                variant="subtle"
                color="gray"
                leftSection={<IconTrash size={14} aria-hidden />}
                onClick={() => tell('', false)}
              >
                Forget
              </Button>
            </>
          )}
        </fieldset>
      )}
      {!isTyping && (
        <Input.Description className={fieldLook.classNames.description}>
          <SettingNote setting={setting} />
        </Input.Description>
      )}
    </div>
  );
}

function Below({ name, text, help }: { name: SecretName | undefined; text: string; help: string | undefined }) {
  const hint = name === undefined ? null : secretHint(name, text);
  return (
    <>
      <span role="status">
        {hint !== null && (
          <span className={styles['hint']}>
            <IconAlertTriangle size={13} aria-hidden />
            <span>{hint}</span>
          </span>
        )}
      </span>
      {hint === null && help}
    </>
  );
}

const looks = {
  fixed: { icon: IconLock, words: 'Fixed by environment', tone: 'quiet' },
  forgotten: { icon: IconTrash, words: 'Forgotten once you save', tone: 'warn' },
  typed: { icon: IconPencil, words: 'Not saved yet', tone: 'warn' },
  saved: { icon: IconCircleCheck, words: 'Saved', tone: 'good' },
  refused: { icon: IconAlertTriangle, words: 'Not used', tone: 'warn' },
  missing: { icon: IconCircleDashed, words: 'Not set', tone: 'quiet' },
} as const;

function SecretState({ setting, draft }: Pick<SettingFieldProps, 'setting' | 'draft'>) {
  const { icon: Sign, words, tone } = looks[standingOf(setting, draft)];
  return (
    <span className={styles['state']} data-tone={tone}>
      <Sign size={14} stroke={1.75} aria-hidden />
      <span>{setting.isFixed && !setting.refusal && setting.origin !== 'environment' ? 'Fixed by .env' : words}</span>
    </span>
  );
}

function standingOf(
  { isFixed, isSet, refusal }: SettingFieldProps['setting'],
  draft: string | undefined,
): keyof typeof looks {
  if (refusal !== null && !draft) return 'refused';
  if (isFixed) return 'fixed';
  if (isSet && draft === '') return 'forgotten';
  if (draft) return 'typed';
  return isSet ? 'saved' : 'missing';
}
