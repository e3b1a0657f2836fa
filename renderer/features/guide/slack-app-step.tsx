import { Button, Input } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { Response } from '../../../shared/ipc.ts';
import { type Live, useAction, useLive } from '../../bridge/bridge.ts';
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
        The app is your team's own. Its manifest says what it may do, and why; you can read it first.
      </StepHead>
      <ol className={styles['numbered']}>
        {manifest.value?.fitsInAddress ? <FilledIn text={manifest.value.text} /> : <Pasted live={manifest} />}
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

/** The steps where Slack's page gets the manifest with its address. */
function FilledIn({ text }: { text: string }) {
  const open = useAction('guide:new-app');
  return (
    <li>
      <p>
        On Slack's page the manifest is filled in already: pick your workspace, press <strong>Next</strong>, then{' '}
        <strong>Create</strong>.
      </p>
      <div>
        <Button
          rightSection={<IconExternalLink size={14} aria-hidden />}
          onClick={() => open.run(undefined)}
          loading={open.isRunning}
        >
          Create the app on Slack's page
        </Button>
        {open.trouble !== null && <Input.Error role="alert">{open.trouble.message}</Input.Error>}
      </div>
      <Manifest text={text} />
    </li>
  );
}

/** The steps where a person takes the manifest there. */
function Pasted({ live }: { live: Live<Response<'guide:manifest'>> }) {
  return (
    <>
      <li>
        <p>Copy the manifest.</p>
        {live.value === null ? (
          <ReadState live={live} failure="The manifest could not be read" height={30} width={160}>
            It is the file slack-manifest.yml of this program.
          </ReadState>
        ) : (
          <Manifest text={live.value.text} />
        )}
      </li>
      <li>
        <p>
          On Slack's page, press <strong>Create New App</strong>, choose <strong>From a manifest</strong> and pick your
          workspace.
        </p>
        <div className={styles['outdent']}>
          <WebPageButton page="slack_apps">Open Slack's app page</WebPageButton>
        </div>
      </li>
      <li>
        <p>
          Paste the manifest in place of what is there, under <strong>YAML</strong>, and press <strong>Create</strong>.
        </p>
      </li>
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
