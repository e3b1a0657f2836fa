import { Button, Loader } from '@mantine/core';
import { IconFile, IconFileSearch, IconFolderOpen } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { GgufFile, ModelView } from '../../../shared/model-view.ts';
import type { SettingView } from '../../../shared/settings-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { SettingNote } from '../../components/setting-note.tsx';
import { DeleteModelDialog } from './delete-model-dialog.tsx';
import { FileActions } from './file-actions.tsx';
import styles from './gguf-files.module.css';
import { ModelChoice } from './model-choice.tsx';
import { ModelFolders } from './model-folders.tsx';
import { factsOf, memoryOf } from './model-words.ts';

export interface GgufFilesProps {
  view: ModelView;
  /** GGML_MODEL_PATH. */
  setting: SettingView | undefined;
  onChosen(view: ModelView): void;
}

/** The GGUF files there are, one of them chosen; or what a GGUF file is. */
export function GgufFiles({ view, setting, onChosen }: GgufFilesProps) {
  const { files, folder, isFixed, chosen } = view;
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
      {trouble !== null && (
        <Notice tone="problem" title={choose.trouble === null ? 'That did not work' : 'The model was not changed'}>
          {trouble.message}
        </Notice>
      )}
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
      <div
        role="radiogroup"
        aria-label="Which file answers"
        aria-disabled={isFixed || undefined}
        className={styles['choices']}
        onKeyDown={moveFocus}
      >
        <ModelChoice
          name="Automatic"
          details={['Takes the file in the folder, where there is exactly one.']}
          isChecked={chosen === null}
          isFirstStop={chosen === null}
          isDisabled={isFixed || isBusy}
          mark={choose.isRunning && pending === null ? <Switching /> : null}
          onPick={() => pick(null)}
        />
        {files.map((file) => {
          const isChecked = chosen !== null && file.isChosen;
          return (
            <ModelChoice
              key={file.path}
              name={file.name}
              details={factsOf(file)}
              problem={file.problem}
              memory={memoryOf(file)}
              isChecked={isChecked}
              isFirstStop={isChecked}
              isDisabled={isFixed || isBusy || file.problem !== null}
              mark={
                choose.isRunning && pending === file.path ? (
                  <Switching />
                ) : (
                  file.isChosen && <StateMark state={view.state.state} />
                )
              }
              actions={
                <FileActions
                  file={file}
                  canUnload={file.isChosen && view.state.state === 'loaded'}
                  onReveal={() => reveal.run({ path: file.path })}
                  onUnload={freeMemory}
                  onDelete={() => setDeleting(file)}
                />
              }
              onPick={() => pick(file.path)}
            />
          );
        })}
      </div>
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

function Switching() {
  return (
    <>
      <Loader size={12} aria-hidden /> Switching…
    </>
  );
}

const marks = { none: null, loading: 'Loading…', loaded: 'In use', unloaded: 'Unloaded', failed: 'Failed' };

function StateMark({ state }: { state: ModelView['state']['state'] }) {
  if (state === 'failed') return <span className={styles['failed']}>{marks.failed}</span>;
  if (state !== 'loading') return marks[state];
  return (
    <>
      <Loader size={12} aria-hidden /> {marks.loading}
    </>
  );
}

/** Arrows go from file to file without choosing: loading one can take a minute. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const choices = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')];
  const current = choices.findIndex((choice) => choice.matches(':focus'));
  const steps: Record<string, number> = {
    ArrowDown: current + 1,
    ArrowRight: current + 1,
    ArrowUp: current - 1,
    ArrowLeft: current - 1,
    Home: 0,
    End: choices.length - 1,
  };
  const next = steps[event.key];
  if (next === undefined) return;
  event.preventDefault();
  choices.at(next % choices.length)?.focus();
}
