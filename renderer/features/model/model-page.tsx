import { Button, Skeleton } from '@mantine/core';
import { useEffect } from 'react';
import { useLive } from '../../bridge/bridge.ts';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { Answering } from './answering.tsx';
import { GetAModel } from './get-a-model.tsx';
import { GgufFiles } from './gguf-files.tsx';
import { Measured } from './measured.tsx';
import { openAiConsent } from './openai-consent.ts';
import { TryIt } from './try-it.tsx';

/** Which model sorts tickets and why, the files there are, and a box to try it. */
export function ModelPage() {
  const model = useLive('model:read', undefined, 'status');
  const settings = useLive('settings:read', undefined, 'settings');
  // A choice made elsewhere changes settings before it changes the model's state.
  const { reload } = model;
  useEffect(() => window.desk.onChange((change) => change === 'settings' && reload()), [reload]);
  const view = model.value;
  const trouble = model.trouble ?? settings.trouble;

  return (
    <Page title="Model" intro="A model sorts each ticket: Task, Bug, Incident, Feature Request or Question.">
      {trouble !== null && (
        <Notice
          tone={view === null ? 'problem' : 'warning'}
          title={view === null ? 'The models could not be read' : 'This may be out of date'}
          action={
            <Button
              onClick={() => {
                model.reload();
                settings.reload();
              }}
            >
              Try again
            </Button>
          }
        >
          {trouble.message}
        </Notice>
      )}
      {view !== null && settings.value !== null ? (
        <>
          <Answering view={view} openai={openAiConsent(settings.value)} />
          <GgufFiles
            view={view}
            setting={settings.value.settings.find(({ name }) => name === 'GGML_MODEL_PATH')}
            onChosen={model.accept}
          />
          {view.measurements !== null && (
            <Measured measurements={view.measurements} source={view.answering.source} onChanged={model.accept} />
          )}
          <GetAModel />
          <TryIt view={view} openai={openAiConsent(settings.value)} />
        </>
      ) : (
        trouble === null && <Skeleton height={160} radius="md" />
      )}
    </Page>
  );
}
