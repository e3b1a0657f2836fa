import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { sha256Schema } from '../../../shared/downloads.ts';
import { fieldLook } from '../../components/field-look.ts';
import { fileSize } from '../../components/figures.ts';
import styles from './download-form.module.css';

export interface DownloadFormProps {
  freeBytes: number | null;
  isBusy: boolean;
  /** Begins the download; true where it was begun: only then the fields are emptied. */
  onStart(uri: string, sha256: string | null): Promise<boolean>;
}

/** Any other model, by its address. */
export function DownloadForm({ freeBytes, isBusy, onStart }: DownloadFormProps) {
  const [uri, setUri] = useState('');
  const [digest, setDigest] = useState('');
  const isDigest = digest.trim() === '' || sha256Schema.safeParse(digest).success;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (uri.trim() === '' || !isDigest) return;
    const isBegun = await onStart(uri.trim(), digest.trim() === '' ? null : digest.trim().toLowerCase());
    if (!isBegun) return;
    setUri('');
    setDigest('');
  }

  return (
    <form onSubmit={submit} className={styles['form']}>
      <TextInput
        {...fieldLook}
        label="Another model"
        placeholder="hf:user/repository:Q4_K_M"
        description="Of Hugging Face, or the https address of a GGUF file."
        value={uri}
        onChange={(event) => setUri(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
      />
      <TextInput
        {...fieldLook}
        label="Its SHA-256, if you know it"
        description="Without it format, header and size are checked, and what the server names."
        value={digest}
        onChange={(event) => setDigest(event.currentTarget.value)}
        error={isDigest ? null : 'A SHA-256 has 64 digits from 0 to f.'}
        spellCheck={false}
        autoComplete="off"
      />
      <div className={styles['row']}>
        <Button type="submit" loading={isBusy} disabled={uri.trim() === '' || !isDigest}>
          Download
        </Button>
        {freeBytes !== null && <span className={styles['quiet']}>{fileSize(freeBytes)} free on the disk</span>}
      </div>
    </form>
  );
}
