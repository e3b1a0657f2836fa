import { delimiter, isAbsolute, resolve } from 'node:path';
import { projectKeyPattern } from '../../shared/issue-key.ts';
import { listedProjects } from '../../shared/listed-projects.ts';
import { rotatingToken, rotationUnsupported } from '../../shared/rotating-token.ts';
import type { SettingName } from '../../shared/settings.ts';
import { isLoopback } from '../network/loopback.ts';
import { webAddress } from './web-address.ts';

/** What a rule may look at beside the value. */
export interface RuleContext {
  dataDir: string;
  /** null: there is no current folder that counts. */
  cwd: string | null;
  exists: (path: string) => boolean;
  deployment: string | null;
}

/** The value in its normal form, or what is wrong with it and which form is expected, never quoting it. */
type Checked = { value: string } | { problem: string };

/** One rule a setting. Each is given trimmed text that is not empty. */
export const settingRules: Record<SettingName, (value: string, context: RuleContext) => Checked> = {
  SLACK_BOT_TOKEN: (value) => slackToken(value, 'xoxb-', 'the Bot User OAuth Token (xoxb-...)'),
  SLACK_APP_TOKEN: (value) => slackToken(value, 'xapp-', 'the app-level token (xapp-...)'),
  SLACK_API_URL: (value) => {
    const url = webAddress(value, isLoopback);
    if (url) return { value: url.href };
    return { problem: 'Expected an https address such as https://slack.com/api/ (http only on this machine).' };
  },
  JIRA_BASE_URL: (value, { deployment }) => {
    const url = webAddress(value, (hostname) => deployment === 'datacenter' || isLoopback(hostname));
    if (url) return { value: withoutSlash(jiraSite(url)) };
    return {
      problem:
        'Expected the address of your Jira site, such as https://your-team.atlassian.net ' +
        '(http only on this machine, or with JIRA_DEPLOYMENT: datacenter).',
    };
  },
  JIRA_EMAIL: (value) =>
    /^[^\s@]+@\S+$/.test(value) ? { value } : { problem: 'Expected an email address such as you@example.com.' },
  JIRA_API_TOKEN: secret,
  JIRA_PROJECT_KEY: (value) => {
    const key = value.toUpperCase();
    if (/^[A-Z][A-Z0-9_]+$/.test(key) || /^[1-9]\d*$/.test(key)) return { value: key };
    return { problem: 'Expected a project key such as KAN, or the numeric id of a project.' };
  },
  JIRA_DEPLOYMENT: (value) => {
    const name = value.toLowerCase();
    if (name === 'cloud' || name === 'datacenter') return { value: name };
    return { problem: 'Expected cloud or datacenter; taken for cloud when not set.' };
  },
  JIRA_UNCONFIRMED_SECONDS: (value) =>
    /^[1-9]\d{0,3}$/.test(value)
      ? { value }
      : { problem: 'Expected a whole number of seconds from 1 to 9999; taken as 120.' },
  UNSURE_BELOW: (value) =>
    /^(0(\.\d{1,3})?|1(\.0{1,3})?)$/.test(value)
      ? { value }
      : { problem: 'Expected a share from 0 (never unsure) to 1, such as 0.4; taken as the default.' },
  GGML_MODEL_PATH: (value, { dataDir, cwd, exists }) => {
    if (isAbsolute(value)) return { value };
    const candidates = [dataDir, ...(cwd === null ? [] : [cwd])].map((folder) => resolve(folder, value));
    // Where neither exists, whoever loads the model says so, and names the place where we expected it.
    return { value: candidates.find(exists) ?? resolve(dataDir, value) };
  },
  MODEL_FOLDERS: (value, { dataDir }) => ({
    value: listedFolders(value)
      .map((folder) => resolve(dataDir, folder))
      .join(delimiter),
  }),
  MODEL_WAIT_SECONDS: (value) => {
    const seconds = /^\d{1,3}$/.test(value) ? Number(value) : 0;
    if (seconds >= 1 && seconds <= 600) return { value: String(seconds) };
    return { problem: 'Expected a whole number of seconds from 1 to 600; taken as 20.' };
  },
  MODEL_IDLE_MINUTES: (value) => {
    const minutes = /^\d{1,4}$/.test(value) ? Number(value) : null;
    if (minutes !== null && minutes <= 1440) return { value: String(minutes) };
    return { problem: 'Expected a whole number of minutes from 1 to 1440, or 0 for never; taken as never.' };
  },
  OPENAI_API_KEY: secret,
  OPENAI_BASE_URL: (value) => {
    const url = webAddress(value, isLoopback);
    if (url) return { value: withoutSlash(url) };
    return { problem: 'Expected an https address such as https://api.openai.com/v1 (http only on this machine).' };
  },
  OPENAI_MODEL: (value) =>
    /^\S+$/.test(value) ? { value } : { problem: "Expected a model's name without spaces, such as gpt-4.1-mini." },
  OPENAI_ALLOWED: (value) => yesOrNo(value, 'false'),
  EXTERNAL_MAY_DECIDE: (value) => yesOrNo(value, 'false'),
  TICKETS_PER_MINUTE: (value) =>
    /^(0|[1-9]\d{0,3})$/.test(value)
      ? { value }
      : { problem: 'Expected a whole number from 1 to 9999, or 0 for no limit; taken as 10.' },
  STATUS_PROJECTS: (value) => {
    const keys = listedProjects(value);
    if (keys === '*') return { value: '*' };
    if (keys.length > 0 && keys.every((key) => projectKeyPattern.test(key))) return { value: keys.join(', ') };
    return { problem: 'Expected keys of projects with commas between them, such as OPS, WEB, or "*" for all.' };
  },
  START_AT_LOGIN: (value) => yesOrNo(value, 'false'),
  NOTIFY_ATTENTION: (value) => yesOrNo(value, 'true'),
  NOTIFY_APPROVAL: (value) => yesOrNo(value, 'false'),
  DELETE_TEXTS_AFTER_DAYS: days,
  DELETE_TICKETS_AFTER_DAYS: days,
};

/** Folders between colons, as in PATH (semicolons on Windows), or one on each line. */
export function listedFolders(value: string): string[] {
  return value
    .split(/\r?\n/)
    .flatMap((line) => line.split(delimiter))
    .map((folder) => folder.trim())
    .filter(Boolean);
}

function yesOrNo(value: string, otherwise: 'true' | 'false'): Checked {
  if (/^(true|yes|1)$/i.test(value)) return { value: 'true' };
  if (/^(false|no|0)$/i.test(value)) return { value: 'false' };
  return { problem: `Expected true or false; taken as ${otherwise}.` };
}

const mostDays = 3650;

function days(value: string): Checked {
  const count = /^\d{1,5}$/.test(value) ? Number(value) : null;
  if (count !== null && count <= mostDays) return { value: String(count) };
  return { problem: `Expected a whole number of days from 1 to ${mostDays}, or 0 for never; taken as never.` };
}

/** Secrets travel in HTTP headers, which take visible ASCII only. */
const headerSafe = /^[\x21-\x7e]+$/;

function secret(value: string): Checked {
  if (headerSafe.test(value)) return { value };
  return { problem: 'Expected one word of plain characters. Copy it again, without spaces or line breaks.' };
}

function slackToken(value: string, prefix: 'xoxb-' | 'xapp-', expected: string): Checked {
  if (value.startsWith(prefix) && value.length > prefix.length && headerSafe.test(value)) return { value };
  if (rotatingToken.test(value)) return { problem: rotationUnsupported };
  if (value.startsWith(prefix === 'xoxb-' ? 'xapp-' : 'xoxb-')) {
    return { problem: `Expected ${expected}. SLACK_BOT_TOKEN and SLACK_APP_TOKEN seem to be swapped.` };
  }
  return { problem: `Expected ${expected}.` };
}

/** A Cloud site has no path of its own, so a pasted board's address still names the site. */
function jiraSite(url: URL): URL {
  return url.hostname.endsWith('.atlassian.net') ? new URL(`${url.origin}/`) : url;
}

function withoutSlash(url: URL): string {
  return url.href.replace(/(?<!\/)\/+$/, '');
}
