import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { IconFolder, IconFolderPlus, IconX } from '@tabler/icons-react';
import type { ModelView } from '../../../shared/model-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { fieldLook } from '../../components/field-look.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import styles from './model-folders.module.css';

export interface ModelFoldersProps {
  view: ModelView;
  onChanged(view: ModelView): void;
}

const idleChoices = [0, 5, 15, 30, 60, 240];

/** Where GGUF files are looked for, and how long one stays in memory. */
export function ModelFolders({ view, onChanged }: ModelFoldersProps) {
  const { folder, ownFolders, moreFolders, silentFolders, areFoldersFixed, idleMinutes } = view;
  const add = useAction('model:add-folder');
  const remove = useAction('model:remove-folder');
  const save = useAction('settings:save');
  const trouble = add.trouble ?? remove.trouble ?? save.trouble;

  async function shown(work: Promise<{ value: ModelView } | null>) {
    const answer = await work;
    if (answer !== null) onChanged(answer.value);
  }

  return (
    <div className={styles['folders']}>
      <h3>Folders</h3>
      <ul aria-label="Folders with models">
        {[folder, ...ownFolders].map((path) => (
          <li key={path}>
            <IconFolder size={14} stroke={1.75} aria-hidden />
            <span className={styles['path']}>{path}</span>
          </li>
        ))}
        {moreFolders.map(({ path, isThere }) => (
          <li key={path}>
            <IconFolder size={14} stroke={1.75} aria-hidden />
            <span className={styles['path']}>
              {path}
              {!isThere && <span className={styles['gone']}> is not there now</span>}
            </span>
            {!areFoldersFixed && (
              <ActionIcon
                size="sm"
                aria-label={`Forget the folder ${path}`}
                disabled={remove.isRunning}
                onClick={() => shown(remove.run({ path }))}
              >
                <IconX size={14} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {silentFolders.map((words) => (
        <p key={words} className={styles['gone']}>
          {words}
        </p>
      ))}
      <TroubleNotice trouble={trouble} />
      <div className={styles['row']}>
        {areFoldersFixed ? (
          <p className={styles['quiet']}>MODEL_FOLDERS is fixed by the environment or a .env file.</p>
        ) : (
          <Button
            leftSection={<IconFolderPlus size={14} aria-hidden />}
            disabled={add.isRunning}
            onClick={() => shown(add.run(undefined))}
          >
            Add a folder…
          </Button>
        )}
        <NativeSelect
          {...fieldLook}
          label="Unload the model after"
          className={styles['idle']}
          value={String(idleMinutes)}
          disabled={save.isRunning}
          onChange={(event) =>
            save.run({ change: { MODEL_IDLE_MINUTES: event.currentTarget.value }, allowPlainText: false })
          }
          data={[...new Set([...idleChoices, idleMinutes])].sort((one, other) => one - other).map(idleChoice)}
        />
      </div>
    </div>
  );
}

function idleChoice(minutes: number): { value: string; label: string } {
  const time = minutes % 60 === 0 ? hours(minutes / 60) : `${minutes} minutes`;
  return { value: String(minutes), label: minutes === 0 ? 'never' : `${time} without a ticket` };
}

function hours(count: number): string {
  return count === 1 ? '1 hour' : `${count} hours`;
}
