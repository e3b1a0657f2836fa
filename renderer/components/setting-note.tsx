import { IconLock } from '@tabler/icons-react';
import type { SettingOrigin } from '../../shared/setting-row.ts';
import type { SettingName } from '../../shared/settings.ts';
import type { SettingView } from '../../shared/settings-view.ts';
import styles from './setting-note.module.css';

/** What every field for a setting is given. */
export interface SettingFieldProps {
  setting: SettingView;
  /** What is typed and not saved yet; undefined: nothing is; empty: the saved value is to be forgotten. */
  draft: string | undefined;
  onDraft(text: string | undefined): void;
}

const places: Partial<Record<SettingOrigin, string>> = {
  '.env': 'the .env file in the folder that the program was started in',
  'DATA/.env': 'the .env file in the data folder',
};

function wordsOf({ name, origin, isFixed, isSet }: SettingView): string | null {
  if (isFixed) return `Fixed by ${fixedBy(name, origin)}. Change it there, then start the program again.`;
  if (!isSet) return null;
  if (origin === 'config.yml') return 'From config.yml. What you save here wins.';
  return origin === './config.yml'
    ? 'From config.yml in the folder that the program was started in. What you save here wins.'
    : null;
}

/** Which file or variable fixes a setting. */
function fixedBy(name: SettingName, origin: SettingOrigin): string {
  return places[origin] ?? `the environment variable ${name}`;
}

/** Where a value comes from, if not from this page; nothing where that is no news. */
export function SettingNote({ setting }: { setting: SettingView }) {
  const words = wordsOf(setting);
  if (words === null) return null;
  return (
    <span className={styles['note']}>
      {setting.isFixed && <IconLock size={13} aria-hidden />}
      <span>{words}</span>
    </span>
  );
}
