import type { PartHealth } from '../../shared/app-status.ts';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { Request } from '../../shared/ipc.ts';
import { allRows, describeProblem, partOf, type SettingProblem } from '../../shared/settings.ts';
import type { SettingsChange } from '../settings/apply-change.ts';
import { type FieldWords, fieldWordsFor } from '../settings/field-words.ts';
import type { LoadedSettings } from '../settings/load-settings.ts';
import { movableAddresses, movedAddress, newRefusals } from '../settings/moved-address.ts';
import type { SavedSettings } from '../settings/saved-settings.ts';
import type { SecretRefusal, SecretUse } from '../settings/secret-origins.ts';
import { isGiven } from '../settings/setting-layer.ts';
import { createSettingsSource, type SettingsSourceDeps } from '../settings/settings-source.ts';
import { isFixedBy } from '../settings/settings-view.ts';

/** The settings after a change, and the names of those that a person has just set. */
export interface SettingsNews {
  loaded: LoadedSettings;
  changed: readonly string[];
}

/** The settings that the program works with, and how they are changed; where each secret may go is seen to here. */
export interface SettingsAtWork {
  /** Loads the settings as they are, or as they would be with what is typed and not saved yet. */
  load(change?: SettingsChange): Promise<LoadedSettings>;
  /**
   * These are at work from now on: notes what their secrets are for, and tells what is new of that and of what is wrong or in
   * vain. Never rejects.
   */
  takeOver(loaded: LoadedSettings): Promise<void>;
  /** What people should know of the files of the settings at work, in sentences. */
  notices(): readonly string[];
  /** Calls settings as the window's fields, but those that a file or the environment fixes. */
  inFieldWords: FieldWords;
  /** Gives the health of a part that lacks what was refused to it with the reason. */
  explained<Health extends PartHealth>(part: 'slack' | 'jira', health: Health): Health;
  /** Asks about what this save would lead elsewhere; gives what the person allows. Throws as `save`. */
  askAbout(request: Request<'settings:save'>): Promise<SecretRefusal[]>;
  /** Throws as Program's `saveSettings`. */
  save(request: Request<'settings:save'>, allowed: readonly SecretRefusal[]): Promise<SettingsNews>;
  /** Asks whether a secret may go to the address that is set; gives whether it may. Throws `not_found` where nothing stands against it. */
  askToAllow(request: Request<'settings:allow-address'>): Promise<boolean>;
  /** Lets it go there. Throws `not_found` where that is not the question any more, and `storage_failed`. */
  allow(request: Request<'settings:allow-address'>): Promise<SettingsNews>;
  /** Notes that these secrets are sent on trial. Throws `storage_failed`. */
  bindSecrets(uses: readonly SecretUse[]): void;
}

export interface SettingsAtWorkDeps extends SettingsSourceDeps {
  saved: SavedSettings;
  /** Asks the person, outside the window, whether a secret may be sent where an address leads now; nobody may unless given. */
  confirmAddress?: ((refusal: SecretRefusal) => Promise<boolean>) | undefined;
  /** A secret goes nowhere, in words. */
  onRefused(message: string): void;
  /** Something else is new that whoever reads stdout should know, in a sentence. */
  onNotice(message: string): void;
  /** Something is wrong with a setting, in a sentence. */
  onProblem(message: string): void;
  onError(error: AppError, about: string): void;
}

export function createSettingsAtWork(deps: SettingsAtWorkDeps): SettingsAtWork {
  const source = createSettingsSource(deps);
  /** What is wrong with settings.json, until the next save: a damaged file is set aside by the first read, so no later one sees it. */
  const savedProblems = new Map<string, SettingProblem>();
  /** Secrets that go nowhere with the settings at work. */
  let refusals: readonly SecretRefusal[] = [];
  let say: FieldWords = (words) => words;
  let atWork: Pick<LoadedSettings, 'problems' | 'notices' | 'overruled'> = { problems: [], notices: [], overruled: [] };

  async function loadBoth(change: SettingsChange): Promise<Record<'before' | 'after', LoadedSettings>> {
    const { before, after, savedProblems: found } = await source.load(change);
    for (const problem of found) savedProblems.set(describeProblem(problem), problem);
    const withSaved = (loaded: LoadedSettings) => ({
      ...loaded,
      problems: [...savedProblems.values(), ...loaded.problems],
    });
    return { before: withSaved(before), after: withSaved(after) };
  }

  const load = async (change: SettingsChange = {}) => (await loadBoth(change)).after;

  const isAllowed = async (refusal: SecretRefusal) => (await deps.confirmAddress?.(refusal)) ?? false;

  /** Gives what a save would make of the settings. Throws `forbidden` for what is fixed. */
  async function prepare({ change }: Request<'settings:save'>) {
    const { before, after } = await loadBoth(change);
    const { origins } = before;
    const fixed = allRows.find(({ name }) => name in change && isFixedBy(origins[name]))?.name;
    if (fixed !== undefined) {
      const message = `Nothing was saved: ${fixed} is fixed by ${origins[fixed]}. Change it there.`;
      throw new AppError('forbidden', message);
    }
    return { before, after };
  }

  async function findRefusal({ name, origin }: Request<'settings:allow-address'>): Promise<SecretRefusal> {
    const { refusals: all } = await load();
    const refusal = all.find((each) => each.name === name && each.origin === origin);
    if (refusal?.mayBeAllowed) return refusal;
    throw new AppError('not_found', `${name} is not waiting to be allowed any more. Look at the page Settings again.`);
  }

  return {
    load,

    async takeOver(loaded) {
      await source.bind(loaded).catch((thrown) => deps.onError(toAppError(thrown), 'settings'));
      const told = new Set(refusals.map(({ message }) => message));
      refusals = loaded.refusals;
      say = fieldWordsFor(loaded);
      for (const { name, message } of refusals) if (!told.has(message)) deps.onRefused(`${name}: ${message}`);
      const former = atWork;
      atWork = loaded;
      for (const message of newOnes(loaded.problems.map(describeProblem), former.problems.map(describeProblem))) {
        deps.onProblem(message);
      }
      for (const message of newOnes(loaded.notices, former.notices)) deps.onNotice(message);
      for (const message of newOnes(loaded.overruled, former.overruled)) deps.onNotice(message);
    },

    notices: () => atWork.notices,

    inFieldWords: (words) => say(words),

    explained(part, health) {
      const isMissing = health.state === 'off' && health.code === 'not_configured';
      // What is not there at all may as well be set in a file.
      const called = { ...health, detail: health.detail && say(health.detail, isMissing ? 'label and name' : 'label') };
      if (!isMissing) return called;
      const why = refusals
        .filter(({ name }) => partOf(name) === part)
        .map(({ name, message }) => `${name}: ${message}`);
      return why.length === 0 ? called : { ...health, detail: why.join(' ') };
    },

    async askAbout(request) {
      const allowed: SecretRefusal[] = [];
      for (const refusal of newRefusals(await prepare(request))) {
        if (refusal.mayBeAllowed && (await isAllowed(refusal))) allowed.push(refusal);
      }
      return allowed;
    },

    async save(request, allowed) {
      const { change, allowPlainText } = request;
      const { before, after } = await prepare(request);
      for (const address of movableAddresses) {
        const move = movedAddress(address, { before, after, change, allowed });
        if (move !== null) throw new AppError('invalid_input', move);
      }
      await source.bind(before);
      // As it was understood, whatever page of Jira it was copied from.
      const { baseUrl } = after.settings.jira;
      const understood = isGiven(change.JIRA_BASE_URL) && baseUrl !== null ? { JIRA_BASE_URL: baseUrl } : {};
      const stored = { ...change, ...understood, ...source.originsAfter(change, after) };
      await deps.saved.write(stored, { allowPlainText });
      source.bindGiven(allowed);
      savedProblems.clear();
      return { loaded: await load(), changed: Object.keys(change) };
    },

    askToAllow: async (request) => isAllowed(await findRefusal(request)),

    async allow(request) {
      // The address may have changed while the person was asked.
      const refusal = await findRefusal(request);
      source.bindGiven([refusal]);
      return { loaded: await load(), changed: [refusal.address] };
    },

    bindSecrets: source.bindGiven,
  };
}

function newOnes(sentences: readonly string[], former: readonly string[]): string[] {
  const known = new Set(former);
  return [...new Set(sentences)].filter((sentence) => !known.has(sentence));
}
