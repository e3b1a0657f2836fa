import { isDeepStrictEqual } from 'node:util';
import { type ChannelMap, channelRulesIn, otherChannels } from '../../shared/channel-rules.ts';
import { fieldName } from '../../shared/setting-labels.ts';
import type { AnySettingName } from '../../shared/settings.ts';
import type { LoadedSettings } from '../settings/load-settings.ts';
import { textIn } from '../settings/settings-values.ts';

/** What the window made empty, or unusable, since it was set: whoever enters it anew replaces that. */
export interface Earlier {
  JIRA_BASE_URL?: string | undefined;
  SLACK_BOT_TOKEN?: true | undefined;
  SLACK_APP_TOKEN?: true | undefined;
  OPENAI_API_KEY?: true | undefined;
}

/** A change that sends data elsewhere, or lets others in. `words`: what would happen, in one sentence. */
export interface RiskyChange {
  name: AnySettingName;
  words: string;
}

export interface ChangeOfSettings {
  before: LoadedSettings;
  /** The settings with the change. */
  after: LoadedSettings;
  earlier: Earlier;
}

/**
 * What of a change a person has to agree to outside the window, because a window that is taken over could make it too.
 * Addresses are compared as a whole: behind one origin a path can lead to somebody else, as at Atlassian's gateway.
 */
export function riskyChanges(change: ChangeOfSettings): RiskyChange[] {
  const { before, after } = change;
  const from = before.settings;
  const to = after.settings;
  const found: RiskyChange[] = [];
  const add = (isRisky: boolean, name: AnySettingName, words: string) => {
    if (isRisky) found.push({ name, words });
  };

  const formerJira = formerJiraOf(change);
  const hasOtherJira = formerJira !== null && to.jira.baseUrl !== null && to.jira.baseUrl !== formerJira;
  add(hasOtherJira, 'JIRA_BASE_URL', `Tickets and the login go to ${to.jira.baseUrl} instead of ${formerJira}.`);

  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'] as const) {
    const token = textIn(to, name);
    const isReplaced = token !== null && token !== textIn(from, name) && wasSet(name, change);
    add(
      isReplaced,
      name,
      `${fieldName(name)} is replaced: tickets come from, and are answered in, the workspace of the new token.`,
    );
  }

  // The default address is in use as soon as there is a key for it.
  const isOpenAiInUse =
    before.origins.OPENAI_BASE_URL !== 'default' || wasSet('OPENAI_API_KEY', change) || from.openai.allowed;
  const hasOtherOpenAi = isOpenAiInUse && to.openai.baseUrl !== from.openai.baseUrl;
  add(hasOtherOpenAi, 'OPENAI_BASE_URL', `OpenAI is asked at ${to.openai.baseUrl} instead of ${from.openai.baseUrl}.`);
  const isTurnedOn = to.openai.allowed && !from.openai.allowed;
  add(isTurnedOn, 'OPENAI_ALLOWED', `Texts of tickets may be sent to ${to.openai.baseUrl}.`);
  const { apiKey } = to.openai;
  const hasOtherKey = apiKey !== null && apiKey !== from.openai.apiKey && wasSet('OPENAI_API_KEY', change);
  const isKeyUsed = to.openai.allowed && from.openai.allowed;
  add(hasOtherKey && isKeyUsed, 'OPENAI_API_KEY', 'Texts of tickets are sent under another key of OpenAI.');

  const isOpened = to.people.externalMayDecide && !from.people.externalMayDecide;
  add(isOpened, 'EXTERNAL_MAY_DECIDE', 'People of other workspaces may approve, reject and correct tickets.');
  const shown = to.people.statusProjects;
  const words = shown === '*' ? 'every project that the Jira account sees' : `these projects: ${[...shown].join(', ')}`;
  add(isWidened(from.people.statusProjects, shown), 'STATUS_PROJECTS', `/ticket_status shows issues of ${words}.`);
  const released = releasedChannels(from.channels.rules, to.channels.rules);
  add(released.length > 0, 'channels', `Texts of ${released.join(', ')} are no longer kept from a cloud model.`);
  return found;
}

/** What this change forgets, to be remembered for `earlier`. */
export function forgottenBy(change: ChangeOfSettings): Earlier {
  const { after, earlier } = change;
  const forgotten: Earlier = { ...earlier };
  const formerJira = formerJiraOf(change);
  if (formerJira !== null && after.settings.jira.baseUrl === null) forgotten.JIRA_BASE_URL = formerJira;
  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'OPENAI_API_KEY'] as const) {
    if (textIn(after.settings, name) === null && wasSet(name, change)) forgotten[name] = true;
  }
  return isDeepStrictEqual(forgotten, earlier) ? earlier : forgotten;
}

/** The address of Jira that was set, also where it cannot be used; null where none ever was. */
function formerJiraOf(change: ChangeOfSettings): string | null {
  const { before, earlier } = change;
  const unusable = wasSet('JIRA_BASE_URL', change) ? 'an address that could not be used' : null;
  return before.settings.jira.baseUrl ?? earlier.JIRA_BASE_URL ?? unusable;
}

/** Whether it was ever set, also where it cannot be used now, such as a token that the keychain does not decrypt. */
function wasSet(name: keyof Earlier, { before, earlier }: ChangeOfSettings): boolean {
  return (
    before.origins[name] !== 'default' || before.problems.some(({ key }) => key === name) || earlier[name] !== undefined
  );
}

/** Channels whose texts may go to the cloud from now on; whatever has no rules of its own is one. */
function releasedChannels(from: ChannelMap, to: ChannelMap): string[] {
  const isKept = (channels: ChannelMap, name: string) => channelRulesIn(channels, { id: '', name }).neverCloud;
  const names = new Set([...Object.keys(from), ...Object.keys(to), otherChannels]);
  return [...names]
    .filter((name) => isKept(from, name) && !isKept(to, name))
    .map((name) => (name === otherChannels ? 'all other channels' : name));
}

type Projects = LoadedSettings['settings']['people']['statusProjects'];

function isWidened(from: Projects, to: Projects): boolean {
  if (from === '*') return false;
  return to === '*' || [...to].some((project) => !from.includes(project));
}
