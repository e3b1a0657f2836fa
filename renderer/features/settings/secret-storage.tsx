import { Checkbox } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { secretNames } from '../../../shared/settings.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { Notice } from '../../components/notice.tsx';
import styles from './secret-storage.module.css';
import { allowPlainText, useSettingsDraft } from './settings-draft.ts';
import { namesIn, type SectionName } from './settings-sections.ts';

export interface SecretStorageProps {
  section: SectionName;
  view: SettingsView;
  /** Somebody tried to save a secret without agreeing to plain text. */
  isMissed: boolean;
}

/** Where the section's secrets go when they are saved; nothing where all are fixed elsewhere. */
export function SecretStorage({ section, view, isMissed }: SecretStorageProps) {
  const draft = useSettingsDraft();
  const names = secretNames.filter((name) => namesIn(section).some((own) => own === name));
  const isFixed = view.settings.every(({ name, isFixed }) => isFixed || !names.some((own) => own === name));
  if (isFixed) return null;
  if (view.protection === 'keychain') {
    return (
      <p className={styles['keychain']}>
        <IconShieldLock size={14} aria-hidden />
        Encrypted with this computer’s keychain.
      </p>
    );
  }
  return (
    <Notice tone="warning" title="No keychain to encrypt secrets with">
      <p className={styles['words']}>
        What is saved here lies in settings.json as plain text, for everybody who can read your files. A .env file or
        the environment can hold it instead, in a place of your choice.
      </p>
      <Checkbox
        label="Keep secrets in plain text in settings.json"
        checked={draft.allowPlainText}
        onChange={(event) => allowPlainText(event.currentTarget.checked)}
        aria-invalid={isMissed}
        error={isMissed && 'Nothing was saved. Agree to plain text first, or discard the secret.'}
      />
    </Notice>
  );
}
