import { TextInput, type TextInputProps } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { fieldLook } from './field-look.ts';
import { type SettingFieldProps, SettingNote } from './setting-note.tsx';

export interface TextSettingProps extends SettingFieldProps {
  label: string;
  placeholder?: string;
  /** What to enter, below the field. */
  help?: string;
  inputMode?: TextInputProps['inputMode'];
  /** What is wrong with the text as it stands; null where nothing is. */
  faultOf?(text: string): string | null;
}

/** A setting that is no secret. What the environment or a file fixes can be read and copied, but not changed. */
export function TextSetting({
  setting,
  draft,
  onDraft,
  label,
  placeholder,
  help,
  inputMode,
  faultOf,
}: TextSettingProps) {
  const saved = setting.value ?? '';
  const text = setting.isFixed ? saved : (draft ?? saved);
  const fault = setting.isFixed || draft === undefined ? null : (faultOf?.(text.trim()) ?? null);
  return (
    <TextInput
      {...fieldLook}
      label={label}
      value={text}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        onDraft(typed === saved ? undefined : typed);
      }}
      readOnly={setting.isFixed}
      rightSection={setting.isFixed && <IconLock size={14} aria-hidden />}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(inputMode === undefined ? {} : { inputMode })}
      description={
        <>
          {help !== undefined && <span>{help} </span>}
          <SettingNote setting={setting} />
        </>
      }
      error={fault}
      spellCheck={false}
      autoComplete="off"
    />
  );
}
