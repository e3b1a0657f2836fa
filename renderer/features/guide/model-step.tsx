import { Button } from '@mantine/core';
import { IconCheck, IconCircleCheck, IconCircleX, IconFile, IconFileSearch, IconLoader } from '@tabler/icons-react';
import type { GgufFile, ModelView } from '../../../shared/model-view.ts';
import { useAction, useLive } from '../../bridge/bridge.ts';
import { fileSize } from '../../components/figures.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import { ReadState } from '../../components/read-state.tsx';
import { SettingNote } from '../../components/setting-note.tsx';
import { useNavigation } from '../../navigation/navigation.ts';
import { fieldOf, useSettingsDraft } from '../settings/settings-draft.ts';
import styles from './guide.module.css';
import { StepHead } from './guide-heading.tsx';
import modelStyles from './model-step.module.css';
import type { StepProps } from './steps.ts';

/** Which model tells the kinds of tickets apart. Nothing has to be chosen, and nothing here is waited for. */
export function ModelStep({ view }: StepProps) {
  const { go } = useNavigation();
  const model = useLive('model:read', undefined, 'status');
  const browse = useAction('model:browse');
  const choose = useAction('model:choose');
  const { setting } = fieldOf(view, useSettingsDraft(), 'GGML_MODEL_PATH');
  const trouble = browse.trouble ?? choose.trouble;

  async function use(path: string) {
    if ((await choose.run({ path })) !== null) model.reload();
  }
  async function askForFile() {
    const answer = await browse.run();
    if (answer !== null && answer.value !== null) await use(answer.value);
  }

  return (
    <>
      <StepHead title="The model is there already">
        The built-in model tells tasks, bugs, incidents, feature requests and questions apart, on this machine. If you
        have a language model as a GGUF file, it can do that instead.
      </StepHead>
      {model.value === null ? (
        <ReadState live={model} failure="The models could not be listed" height={120}>
          The built-in model answers all the same.
        </ReadState>
      ) : (
        <>
          <State model={model.value} />
          <section aria-label="GGUF files" className={modelStyles['found']}>
            <h3 className={styles['subhead']}>GGUF files</h3>
            {model.value.files.length === 0 && (
              <p className={styles['quiet']}>None was found in {model.value.folder}.</p>
            )}
            <ul className={modelStyles['files']}>
              {model.value.files.map((file) => (
                <File
                  key={file.path}
                  file={file}
                  isFixed={model.value?.isFixed ?? true}
                  isBusy={choose.isRunning}
                  onUse={() => use(file.path)}
                />
              ))}
            </ul>
            {setting.isFixed ? (
              <p className={styles['quiet']}>
                <SettingNote setting={setting} />
              </p>
            ) : (
              <div className={styles['row']}>
                <Button
                  leftSection={<IconFileSearch size={14} aria-hidden />}
                  disabled={browse.isRunning || choose.isRunning}
                  onClick={askForFile}
                >
                  Choose a file…
                </Button>
              </div>
            )}
          </section>
        </>
      )}
      <TroubleNotice trouble={trouble} title="The file was not chosen" />
      <div>
        <p className={styles['quiet']}>OpenAI stays off: no text goes there unless you allow it in Settings.</p>
        <Button
          variant="subtle"
          className={styles['outdent']}
          onClick={() => go({ page: 'Settings', section: 'openai' })}
        >
          Open Settings
        </Button>
      </div>
    </>
  );
}

const looks = {
  none: { icon: IconCircleCheck, tone: 'ok' },
  loaded: { icon: IconCircleCheck, tone: 'ok' },
  unloaded: { icon: IconCircleCheck, tone: 'ok' },
  loading: { icon: IconLoader, tone: 'busy' },
  failed: { icon: IconCircleX, tone: 'trouble' },
} as const;

function State({ model }: { model: ModelView }) {
  const { icon: Sign, tone } = looks[model.state.state];
  return (
    <div className={styles['part']} data-state={tone} role="status">
      <Sign size={16} stroke={1.75} aria-hidden />
      <span>{stateWords(model)}</span>
    </div>
  );
}

function stateWords({ state, builtin }: ModelView): string {
  const { file, device, message } = state;
  switch (state.state) {
    case 'none':
      return `The built-in model answers (${builtin}).`;
    case 'loading':
      return `Loading ${file}. Go on meanwhile; until it is there, the built-in model answers.`;
    case 'loaded':
      return `${file} answers, on ${device === 'cpu' ? 'the processor' : device}.`;
    case 'unloaded':
      return `${file} answers when it is needed; it is unloaded for now.`;
    case 'failed':
      return `${file ?? 'The file'} could not be loaded, so the built-in model answers. ${message ?? ''}`.trim();
  }
}

interface FileProps {
  file: GgufFile;
  isFixed: boolean;
  isBusy: boolean;
  onUse(): void;
}

function File({ file, isFixed, isBusy, onUse }: FileProps) {
  const { name, facts, problem, isChosen } = file;
  const known = [facts?.architecture, facts?.quantisation, fileSize(file.bytes)].filter(Boolean).join(' · ');
  return (
    <li className={modelStyles['file']}>
      <IconFile size={16} stroke={1.75} aria-hidden />
      <span className={modelStyles['words']}>
        <span>{name}</span>
        <span className={modelStyles['facts']}>{problem ?? known}</span>
      </span>
      {isChosen ? (
        <span className={modelStyles['chosen']}>
          <IconCheck size={14} aria-hidden /> Chosen
        </span>
      ) : (
        problem === null &&
        !isFixed && (
          <Button disabled={isBusy} aria-label={`Use ${name}`} onClick={onUse}>
            Use
          </Button>
        )
      )}
    </li>
  );
}
