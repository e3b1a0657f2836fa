import type { SettingField } from '../../../shared/setting-row.ts';
import { settingRows } from '../../../shared/settings-table.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { TextSetting } from '../../components/text-setting.tsx';
import styles from './fields.module.css';
import { fieldOf, useSettingsDraft } from './settings-draft.ts';
import { faultIn } from './settings-sections.ts';
import { SwitchSetting } from './switch-setting.tsx';

/** The fields that the table of settings describes for a panel: the switches, then what is typed. */
export function TableFields({ view, panel }: { view: SettingsView; panel: SettingField['panel'] }) {
  const draft = useSettingsDraft();
  const fields = settingRows.flatMap(({ name, form: { kind }, field }) =>
    field?.panel === panel ? [{ kind, words: { label: field.label, help: field.help }, field, name }] : [],
  );
  const switches = fields.filter(({ kind }) => kind === 'switch');
  const texts = fields.filter(({ kind }) => kind !== 'switch');
  const typed = texts.length > 0 && (
    <div className={styles['two']}>
      {texts.map(({ name, kind, words, field: { placeholder } }) => (
        <TextSetting
          key={name}
          {...fieldOf(view, draft, name)}
          {...words}
          {...(placeholder === undefined ? {} : { placeholder })}
          {...(kind === 'number' ? { inputMode: 'numeric' } : {})}
          faultOf={(text) => faultIn(name, text)}
        />
      ))}
    </div>
  );
  if (switches.length === 0) return typed;
  return (
    <div className={styles['fields']}>
      {switches.map(({ name, words }) => (
        <SwitchSetting key={name} {...fieldOf(view, draft, name)} {...words} />
      ))}
      {typed}
    </div>
  );
}
