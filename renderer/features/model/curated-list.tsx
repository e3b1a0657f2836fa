import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { DownloadsView } from '../../../shared/downloads.ts';
import { fileSize } from '../../components/figures.ts';
import styles from './curated-list.module.css';

export interface CuratedListProps {
  view: DownloadsView;
  isBusy: boolean;
  onGet(uri: string): void;
}

/** The few models that we point to, with what a person should know before: size, licence, where it comes from. */
export function CuratedList({ view, isBusy, onGet }: CuratedListProps) {
  const known = new Map(view.downloads.map(({ uri, state }) => [uri, state]));
  return (
    <ul aria-label="Models to start with" className={styles['list']}>
      {view.curated.map(({ id, name, maker, uri, approximateBytes, licence, source, sha256, note }) => {
        const state = known.get(uri);
        return (
          <li key={id}>
            <div className={styles['words']}>
              <span className={styles['name']}>{name}</span>
              <span className={styles['facts']}>
                <span>{maker}</span>
                <span>about {fileSize(approximateBytes)}</span>
                <span>{licence}</span>
                <span>from {new URL(source).pathname.slice(1)}</span>
                <span>{sha256 === null ? 'no SHA-256 known' : 'SHA-256 known'}</span>
              </span>
              <span className={styles['facts']}>{note}</span>
            </div>
            <Button
              leftSection={<IconDownload size={14} aria-hidden />}
              aria-label={`Download ${name}`}
              disabled={isBusy || (state !== undefined && state !== 'failed')}
              onClick={() => onGet(uri)}
            >
              {state === 'done' ? 'Downloaded' : 'Download'}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
