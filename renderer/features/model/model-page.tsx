import { useEffect } from 'react';
import type { ModelView } from '../../../shared/model-view.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { both, useLive } from '../../bridge/bridge.ts';
import { Page } from '../../components/page.tsx';
import { ReadState, ReadTrouble } from '../../components/read-state.tsx';
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
  const live = both(model, settings);
  return (
    <Page title="Model" intro="A model sorts each ticket: Task, Bug, Incident, Feature Request or Question.">
      {live.value === null ? (
        <ReadState live={live} failure="The models could not be read" height={160} />
      ) : (
        <>
          {live.trouble !== null && (
            <ReadTrouble trouble={live.trouble} tone="warning" title="This may be out of date" onRetry={live.reload} />
          )}
          <Content view={live.value[0]} settings={live.value[1]} onChanged={model.accept} />
        </>
      )}
    </Page>
  );
}

interface ContentProps {
  view: ModelView;
  settings: SettingsView;
  onChanged(view: ModelView): void;
}

function Content({ view, settings, onChanged }: ContentProps) {
  const openai = openAiConsent(settings);
  return (
    <>
      <Answering view={view} openai={openai} />
      <GgufFiles
        view={view}
        setting={settings.settings.find(({ name }) => name === 'GGML_MODEL_PATH')}
        onChosen={onChanged}
      />
      {view.measurements !== null && (
        <Measured measurements={view.measurements} source={view.answering.source} onChanged={onChanged} />
      )}
      <GetAModel />
      <TryIt view={view} openai={openai} />
    </>
  );
}
