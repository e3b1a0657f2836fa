import { ActionIcon, Loader, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { GgufFile, ModelView } from '../../../shared/model-view.ts';
import styles from './gguf-files.module.css';
import { ModelChoice } from './model-choice.tsx';
import { factsOf, memoryOf } from './model-words.ts';

export interface GgufChoicesProps {
  view: ModelView;
  /** Whether one is being chosen. */
  isBusy: boolean;
  /** The path that is being changed to, null for the automatic choice; undefined while nothing changes. */
  switchingTo: string | null | undefined;
  onPick(path: string | null): void;
  onReveal(path: string): void;
  onUnload(): void;
  onDelete(file: GgufFile): void;
}

/** The files as radio buttons, the automatic choice before them. */
export function GgufChoices({ view, isBusy, switchingTo, onPick, onReveal, onUnload, onDelete }: GgufChoicesProps) {
  const { files, isFixed, chosen, state } = view;
  return (
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
        mark={switchingTo === null ? <Switching /> : null}
        onPick={() => onPick(null)}
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
            mark={switchingTo === file.path ? <Switching /> : file.isChosen && <StateMark state={state.state} />}
            actions={
              <FileActions
                file={file}
                canUnload={file.isChosen && state.state === 'loaded'}
                onReveal={() => onReveal(file.path)}
                onUnload={onUnload}
                onDelete={() => onDelete(file)}
              />
            }
            onPick={() => onPick(file.path)}
          />
        );
      })}
    </div>
  );
}

interface FileActionsProps {
  file: GgufFile;
  /** Whether it is in memory now. */
  canUnload: boolean;
  onReveal(): void;
  onUnload(): void;
  onDelete(): void;
}

/** What can be done with a file beside choosing it. */
function FileActions({ file, canUnload, onReveal, onUnload, onDelete }: FileActionsProps) {
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon aria-label={`More for ${file.name}`}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onReveal}>Show in file manager</Menu.Item>
        {canUnload && <Menu.Item onClick={onUnload}>Unload until the next ticket</Menu.Item>}
        {file.folder !== null && (
          <Menu.Item color="red" onClick={onDelete}>
            Delete…
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
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
