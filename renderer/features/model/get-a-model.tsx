import { useAction, useLive } from '../../bridge/bridge.ts';
import { TroubleNotice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { ReadState } from '../../components/read-state.tsx';
import { CuratedList } from './curated-list.tsx';
import { DownloadForm } from './download-form.tsx';
import { DownloadRow } from './download-row.tsx';
import styles from './get-a-model.module.css';

/** Downloads: those under way, a short list to choose from, and a field for any other. */
export function GetAModel() {
  const live = useLive('downloads:read', undefined, 'downloads');
  const start = useAction('downloads:start');
  const pause = useAction('downloads:pause');
  const resume = useAction('downloads:resume');
  const discard = useAction('downloads:discard');
  const trouble = live.trouble ?? start.trouble ?? pause.trouble ?? resume.trouble ?? discard.trouble;
  const view = live.value;

  /** Begins a download; true where main took it. */
  async function begin(uri: string, sha256: string | null): Promise<boolean> {
    const answer = await start.run({ uri, sha256 });
    if (answer !== null) live.accept(answer.value);
    return answer !== null;
  }

  return (
    <Panel
      title="Get a model"
      description="A download comes from the address you choose and nowhere else, and is checked before it is offered. It stays on this computer."
    >
      <div className={styles['parts']}>
        {view === null ? (
          <ReadState live={live} failure="The downloads could not be read" height={80} />
        ) : (
          <>
            <TroubleNotice trouble={trouble} title="That did not work" />
            {view.downloads.length > 0 && (
              <ul aria-label="Downloads" className={styles['list']}>
                {view.downloads.map((download) => (
                  <DownloadRow
                    key={download.id}
                    download={download}
                    onPause={() => pause.run({ id: download.id })}
                    onResume={() => resume.run({ id: download.id })}
                    onDiscard={() => discard.run({ id: download.id })}
                  />
                ))}
              </ul>
            )}
            <CuratedList view={view} isBusy={start.isRunning} onGet={(uri) => begin(uri, null)} />
            <DownloadForm freeBytes={view.freeBytes} isBusy={start.isRunning} onStart={begin} />
          </>
        )}
      </div>
    </Panel>
  );
}
