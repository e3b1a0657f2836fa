import { Switch } from '@mantine/core';
import { fieldLook } from '../../components/field-look.ts';
import { type SettingFieldProps, SettingNote } from '../../components/setting-note.tsx';

export interface SwitchSettingProps extends SettingFieldProps {
  label: string;
  help: string;
}

/** A setting that is on or off. */
export function SwitchSetting({ setting, draft, onDraft, label, help }: SwitchSettingProps) {
  const saved = setting.value === 'true';
  const isOn = setting.isFixed || draft === undefined ? saved : draft === 'true';
  return (
    <Switch
      classNames={{ description: fieldLook.classNames.description }}
      label={label}
      // Its label element holds the help, too, which is the description already.
      aria-label={label}
      checked={isOn}
      onChange={(event) => {
        const wanted = event.currentTarget.checked;
        onDraft(wanted === saved ? undefined : String(wanted));
      }}
      disabled={setting.isFixed}
      description={
        <>
          <span>{help} </span>
          <SettingNote setting={setting} />
        </>
      }
    />
  );
}
