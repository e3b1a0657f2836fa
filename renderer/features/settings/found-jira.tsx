import { Button, Input } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconExternalLink,
  IconRefresh,
  IconWorldSearch,
} from '@tabler/icons-react';
import { isUnprotected, readJiraAddress } from '../../../shared/jira-address.ts';
import type { SettingsView } from '../../../shared/settings-view.ts';
import { useAction } from '../../bridge/bridge.ts';
import { Notice } from '../../components/notice.tsx';
import { WebPageButton } from '../../components/web-page-button.tsx';
import styles from './found-jira.module.css';
import { draftedValue, draftSetting, fieldOf, useSettingsDraft } from './settings-draft.ts';
import type { FoundJira } from './use-found-jira.ts';

const signs = { ok: IconCircleCheck, warning: IconAlertTriangle, problem: IconCircleX } as const;

/** What the address means: how it is read, which Jira answers there, which project it names. */
export function JiraFindings({ view, jira }: { view: SettingsView; jira: FoundJira }) {
  const { base } = readJiraAddress(jira.address);
  const isOpen = base !== null && isUnprotected(base);
  const { finding = null, needsPerson = false } = jira.found ?? {};
  const isUntold = (finding?.level === 'problem' && !isOpen) || jira.trouble !== null;
  return (
    <>
      <div className={styles['found']} role="status">
        {base !== null && base !== jira.address && <Line>Read as {base}</Line>}
        {jira.isAsking && <Line>Asking which Jira this is…</Line>}
        {finding !== null && !(isOpen && jira.login.deployment === null) && (
          <Line level={finding.level}>{finding.message}</Line>
        )}
        {jira.trouble !== null && <Line level="problem">{jira.trouble}</Line>}
      </div>
      {isUntold && (
        <div>
          <Button leftSection={<IconRefresh size={14} aria-hidden />} onClick={jira.ask}>
            Ask again
          </Button>
        </div>
      )}
      {needsPerson && (
        <Notice
          tone="info"
          action={
            <Button leftSection={<IconWorldSearch size={14} aria-hidden />} onClick={jira.ask}>
              Find out which Jira this is
            </Button>
          }
        >
          Another Jira was set before, so nothing was sent to this address yet.
        </Notice>
      )}
      {isOpen && <Unprotected view={view} />}
      <NamedProject view={view} address={jira.address} />
    </>
  );
}

function Line({ level, children }: { level?: keyof typeof signs; children: React.ReactNode }) {
  const Sign = level === undefined ? null : signs[level];
  return (
    <span className={styles['line']} data-level={level}>
      {Sign !== null && <Sign size={14} stroke={1.75} aria-hidden />}
      <span>{children}</span>
    </span>
  );
}

/** http beyond this machine is only for networks that a person trusts. */
function Unprotected({ view }: { view: SettingsView }) {
  const draft = useSettingsDraft();
  const { setting, onDraft } = fieldOf(view, draft, 'JIRA_DEPLOYMENT');
  const isTrusted = draftedValue(view, draft, 'JIRA_DEPLOYMENT') === 'datacenter';
  return (
    <Notice
      tone="warning"
      title="This address is not encrypted"
      action={
        !isTrusted &&
        !setting.isFixed && <Button onClick={() => onDraft('datacenter')}>It is a Data Center in my network</Button>
      }
    >
      Over http, everybody on the way can read the token and the tickets, and act in the account’s name. Enter the
      address with https if your Jira has it
      {isTrusted ? '.' : '; without, it is only used for a Data Center in a network that you trust.'}
    </Notice>
  );
}

/** The project that the address names, where another one is chosen. */
function NamedProject({ view, address }: { view: SettingsView; address: string }) {
  const draft = useSettingsDraft();
  const { project } = readJiraAddress(address);
  const { setting } = fieldOf(view, draft, 'JIRA_PROJECT_KEY');
  const chosen = draftedValue(view, draft, 'JIRA_PROJECT_KEY').trim().toUpperCase();
  if (project === null || setting.isFixed) return null;
  if (chosen === project) {
    return <p className={styles['project']}>The address names project {project}, which is proposed for the tickets.</p>;
  }
  return (
    <div className={styles['project']}>
      <span>
        The address names project {project}
        {chosen !== '' && `, and ${chosen} is chosen for the tickets`}.
      </span>
      <Button onClick={() => draftSetting('JIRA_PROJECT_KEY', project)}>Use {project}</Button>
    </div>
  );
}

/** Opens the page where a token for this Jira is made. `isShort`: where there is little room. */
export function TokenPageButton({ jira, isShort = false }: { jira: FoundJira; isShort?: boolean }) {
  const open = useAction('jira:open-tokens');
  if (jira.login.deployment !== 'datacenter') {
    return <WebPageButton page="atlassian_tokens">{isShort ? 'Create a token' : 'Create an API token'}</WebPageButton>;
  }
  return (
    <div>
      <Button
        variant="subtle"
        rightSection={<IconExternalLink size={14} aria-hidden />}
        onClick={() => open.run({ change: jira.change })}
      >
        {isShort ? 'Create a token' : 'Create a personal access token'}
      </Button>
      {open.trouble !== null && <Input.Error role="alert">{open.trouble.message}</Input.Error>}
    </div>
  );
}
