import { useLive } from '../../bridge/bridge.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { ReadState } from '../../components/read-state.tsx';
import { WebPageButton } from '../../components/web-page-button.tsx';
import styles from './guide.module.css';
import { StepHead } from './guide-heading.tsx';

/** The Slack app, made by a person in Slack's own pages from the manifest. */
export function SlackAppStep() {
  const manifest = useLive('guide:manifest', undefined, 'settings');
  return (
    <>
      <StepHead title="Create the Slack app">
        The app is your team's own. It takes two commands and writes messages; its manifest says so, and you can read it
        first.
      </StepHead>
      <ol className={styles['numbered']}>
        <li>
          <p>Copy the manifest.</p>
          {manifest.value === null ? (
            <ReadState live={manifest} failure="The manifest could not be read" height={30} width={160}>
              It is the file slack-manifest.yml of this program.
            </ReadState>
          ) : (
            <Manifest text={manifest.value} />
          )}
        </li>
        <li>
          <p>
            On Slack's page, press <strong>Create New App</strong>, choose <strong>From a manifest</strong> and pick
            your workspace.
          </p>
          <div className={styles['outdent']}>
            <WebPageButton page="slack_apps">Open Slack's app page</WebPageButton>
          </div>
        </li>
        <li>
          <p>
            Paste the manifest in place of what is there, under <strong>YAML</strong>, and press <strong>Create</strong>
            .
          </p>
        </li>
        <li>
          <p>
            Press <strong>Install to Workspace</strong>, then <strong>Allow</strong>. Where only admins may do that,
            Slack asks one of them for you.
          </p>
        </li>
      </ol>
    </>
  );
}

function Manifest({ text }: { text: string }) {
  return (
    <>
      <div>
        <CopyButton text={text}>Copy the manifest</CopyButton>
      </div>
      <details className={styles['manifest']}>
        <summary>Show the manifest</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <section tabIndex={0} aria-label="The manifest">
          <pre>{text}</pre>
        </section>
      </details>
    </>
  );
}
