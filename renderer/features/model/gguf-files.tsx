import { Button } from '@mantine/core';
import { IconFile, IconFileSearch, IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import type { GgufFile, ModelView } from '../../../shared/model-view.ts';
import type { SettingView } from '../../../shared/settings-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { TroubleNotice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { SettingNote } from '../../components/setting-note.tsx';
import { DeleteModelDialog } from './delete-model-dialog.tsx';
import { GgufChoices } from './gguf-choices.tsx';
import styles from './gguf-files.module.css';
import { ModelFolders } from './model-folders.tsx';

export interface GgufFilesProps {
  view: ModelView;
  /** GGML_MODEL_PATH. */
  setting: SettingView | undefined;
  onChosen(view: ModelView): void;
}

/** The GGUF files there are, one of them chosen; or what a GGUF file is. */
export function GgufFiles({ view, setting, onChosen }: GgufFilesProps) {
  const { files, folder, isFixed } = view;
  const choose = useAction('model:choose');
  const browse = useAction('model:browse');
  const open = useAction('folder:open');
  const reveal = useAction('model:reveal');
  const unload = useAction('model:unload');
  const [pending, setPending] = useState<string | null>(null);
  const [deleting, setDeleting] = useState<GgufFile | null>(null);
  const trouble = choose.trouble ?? browse.trouble ?? open.trouble ?? reveal.trouble ?? unload.trouble;
  const isBusy = choose.isRunning || browse.isRunning;

  async function pick(path: string | null) {
    if (isBusy || isFixed) return;
    setPending(path);
    const answer = await choose.run({ path });
    if (answer !== null) onChosen(answer.value);
  }

  async function pickElsewhere() {
    const answer = await browse.run(undefined);
    if (answer !== null && answer.value !== null) await pick(answer.value);
  }

  async function freeMemory() {
    const answer = await unload.run(undefined);
    if (answer !== null) onChosen(answer.value);
  }

  const buttons = (
    <div className={styles['buttons']}>
      <Button
        leftSection={<IconFileSearch size={14} aria-hidden />}
        disabled={isFixed || isBusy}
        onClick={pickElsewhere}
      >
        Choose a file…
      </Button>
      <Button leftSection={<IconFolderOpen size={14} aria-hidden />} onClick={() => open.run({ what: 'models' })}>
        Open folder
      </Button>
    </div>
  );
  const notices = (
    <>
      {isFixed && setting !== undefined && (
        <p className={styles['fixed']}>
          <SettingNote setting={setting} />
        </p>
      )}
      {deleting !== null && (
        <DeleteModelDialog
          file={deleting}
          onDeleted={(changed) => {
            setDeleting(null);
            onChosen(changed);
          }}
          onClose={() => setDeleting(null)}
        />
      )}
      <TroubleNotice
        trouble={trouble}
        title={choose.trouble === null ? 'That did not work' : 'The model was not changed'}
      />
    </>
  );

  if (files.length === 0) {
    return (
      <Panel title="GGUF files">
        {notices}
        <EmptyState icon={IconFile} title="No GGUF file yet" action={buttons}>
          A GGUF is a language model in one file, made to run on a computer like this one. Put one into{' '}
          <span className={styles['path']}>{folder}</span>, or choose one from anywhere. Until then {meanwhile(view)}
        </EmptyState>
        <ModelFolders view={view} onChanged={onChosen} />
      </Panel>
    );
  }

  return (
    <Panel title="GGUF files" description="Those in the folders below, and the one that was chosen from elsewhere.">
      {notices}
      <GgufChoices
        view={view}
        isBusy={isBusy}
        switchingTo={choose.isRunning ? pending : undefined}
        onPick={pick}
        onReveal={(path) => reveal.run({ path })}
        onUnload={freeMemory}
        onDelete={setDeleting}
      />
      {buttons}
      <ModelFolders view={view} onChanged={onChosen} />
    </Panel>
  );
}

function meanwhile({ answering }: ModelView): string {
  return answering.source === 'openai'
    ? 'OpenAI answers, as you allowed.'
    : 'the built-in model answers; it is small, and made for English, Spanish and German.';
}
