import { AppError } from '../../shared/errors.ts';
import { isLoopback } from '../../shared/loopback.ts';
import type { Settings } from '../../shared/settings.ts';

/** The major version of Electron that package.json names; a test holds them together. */
export const currentElectron = 45;

/** What an Electron that gets no security fixes any more, such as the fallback, may not do. */
export interface OldElectron {
  /** Why nothing is sent to the address, as `not_configured`; null where it may be. */
  refusal(service: 'Slack' | 'Jira', address: string): AppError | null;
  /** What people should know as long as these settings lead outside; null where there is nothing to say. */
  notice(settings: Pick<Settings, 'slack' | 'jira'>): string | null;
}

/**
 * Slack and Jira are reached with an Electron that is up to date, unless a person says in the environment
 * (ALLOW_OLD_ELECTRON=true) that an old one will do. On this machine, as in the demo, nothing comes from outside.
 *
 * @param version `process.versions.electron`; undefined in plain Node, where none of this matters.
 */
export function createOldElectron(version: string | undefined, isAllowed: boolean): OldElectron {
  const isOld = version !== undefined && Number.parseInt(version, 10) < currentElectron;
  const leadsOutside = (address: string) => !isLoopback(new URL(address).hostname);
  const age = `This runs on Electron ${version}, which gets no security fixes any more; it is for trying and testing.`;
  const wayOut = 'Get a current one with npm ci where Electron can be downloaded';
  return {
    refusal(service, address) {
      if (!isOld || isAllowed || !leadsOutside(address)) return null;
      const message = `${service} is not connected. ${age} ${wayOut}, or start it with ALLOW_OLD_ELECTRON=true in the environment.`;
      return new AppError('not_configured', message);
    },
    notice({ slack, jira }) {
      const isSlackOutside = slack.botToken !== null && slack.appToken !== null && leadsOutside(slack.apiUrl);
      const isJiraOutside = jira.baseUrl !== null && leadsOutside(jira.baseUrl);
      if (!isOld || !(isSlackOutside || isJiraOutside)) return null;
      const what = isAllowed
        ? `${age} ALLOW_OLD_ELECTRON lets it reach Slack and Jira all the same.`
        : `${age} So Slack and Jira are reached on this machine only, unless ALLOW_OLD_ELECTRON=true is set in the environment.`;
      return `${what} ${wayOut}.`;
    },
  };
}

/** As a person writes yes in the environment. */
export function isAllowedBy(value: string | undefined): boolean {
  return /^(true|yes|1)$/i.test(value?.trim() ?? '');
}
