import { AppError } from '../../shared/errors.ts';
import type { HandlersOf, Request } from '../../shared/ipc.ts';
import { allRows } from '../../shared/settings.ts';
import type { OwnerView, SettingChange, SettingsView, TestTicket } from '../../shared/settings-view.ts';
import { isGiven } from '../settings/setting-layer.ts';
import type { Consent } from './consent.ts';
import type { Setup } from './create-setup.ts';
import { unaskedJira } from './detect-jira.ts';
import { newAppAddress } from './new-app-address.ts';
import type { Owner } from './owner.ts';

export interface SettingsHandlerDeps {
  program: {
    settings(): Promise<SettingsView>;
    /** Throws `forbidden` for what is fixed, `storage_failed`, and `invalid_input` where a secret that is set would go to another address. */
    saveSettings(request: Request<'settings:save'>): Promise<void>;
    /** Throws `not_found`; nothing happens where the person said no. */
    allowAddress(request: Request<'settings:allow-address'>): Promise<void>;
  };
  consent: Pick<Consent, 'toSave' | 'toTest' | 'mayTest'>;
  setup: Setup;
  owner: Omit<Owner, 'current'>;
  /** Another person may be the owner now, or has been asked for the code. */
  onOwner(): void;
  /** Reads the manifest of the Slack app. */
  manifest(): Promise<string>;
  testTicket(text: string): Promise<TestTicket>;
  openExternal(url: string): Promise<void>;
}

/** Throws `invalid_input` for what stays with files and the environment. */
function checkSavable(change: SettingChange): void {
  const row = allRows.find(({ name, window }) => window === 'never' && name in change);
  if (row !== undefined) throw new AppError('invalid_input', `${row.name} cannot be set in the window.`);
}

/** The same for what the window may only choose from what main offered: files and folders that are read or deleted. */
function checkTyped(change: SettingChange): void {
  for (const { name, window } of allRows) {
    if (typeof window === 'string' || !isGiven(change[name])) continue;
    throw new AppError('invalid_input', `${name} cannot be saved here. ${window.advice}`);
  }
}

export function createSettingsHandlers({
  program,
  consent,
  setup,
  owner,
  onOwner,
  manifest,
  testTicket,
  openExternal,
}: SettingsHandlerDeps): HandlersOf<'settings' | 'jira' | 'owner' | 'guide'> {
  /** Asks the person before Jira gets what is entered. Throws `invalid_input`, and `forbidden` where they disagree. */
  async function checkJira(change: SettingChange): Promise<void> {
    checkSavable(change);
    await consent.toTest(change, 'JIRA_BASE_URL');
  }

  async function noted(work: Promise<OwnerView>): Promise<OwnerView> {
    const view = await work;
    onOwner();
    return view;
  }

  return {
    'settings:read': () => program.settings(),

    async 'settings:save'(request) {
      checkSavable(request.change);
      checkTyped(request.change);
      await consent.toSave(request.change, () => program.saveSettings(request));
      return program.settings();
    },

    async 'settings:allow-address'(request) {
      await program.allowAddress(request);
      return program.settings();
    },

    async 'settings:test'({ target, change }) {
      checkSavable(change);
      if (target === 'jira') await consent.toTest(change, 'JIRA_BASE_URL');
      if (target === 'openai') await consent.toTest(change, 'OPENAI_BASE_URL');
      return setup.test(target, change);
    },

    async 'jira:detect'({ change, byPerson }) {
      checkSavable(change);
      if (byPerson) await consent.toTest(change, 'JIRA_BASE_URL');
      else if (!(await consent.mayTest(change, 'JIRA_BASE_URL'))) return unaskedJira;
      return setup.detect(change, byPerson);
    },

    async 'jira:open-tokens'({ change }) {
      await checkJira(change);
      await openExternal(await setup.tokensPage(change));
    },

    async 'jira:projects'({ change }) {
      await checkJira(change);
      return setup.projects(change);
    },

    async 'jira:types'({ change }) {
      await checkJira(change);
      return setup.types(change);
    },

    'owner:read': () => owner.read(),
    'owner:ask': ({ user }) => noted(owner.ask(user)),
    'owner:confirm': ({ code }) => noted(owner.confirm(code)),
    'owner:forget': () => noted(owner.forget()),
    async 'guide:manifest'() {
      const text = await manifest();
      return { text, fitsInAddress: newAppAddress(text) !== null };
    },
    async 'guide:new-app'() {
      const address = newAppAddress(await manifest());
      if (address === null)
        throw new AppError('invalid_input', 'This manifest is too long for a link. Copy it instead.');
      await openExternal(address);
    },
    'guide:test-ticket': ({ text }) => testTicket(text),
  };
}
