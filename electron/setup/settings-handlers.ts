import { AppError } from '../../shared/errors.ts';
import type { HandlersOf, Request } from '../../shared/ipc.ts';
import { settingRows } from '../../shared/settings-table.ts';
import type {
  JiraProjects,
  JiraTypes,
  OwnerView,
  SettingChange,
  SettingsView,
  TestReport,
  TestTarget,
  TestTicket,
} from '../../shared/settings-view.ts';

export interface SettingsDeps {
  read(): Promise<SettingsView>;
  /** Throws `forbidden`, also where the person does not agree, `storage_failed`, and `invalid_input` where a secret that is set would go to another address. */
  save(request: Request<'settings:save'>): Promise<void>;
  /** Throws `not_found`; nothing happens where the person said no. */
  allowAddress(request: Request<'settings:allow-address'>): Promise<void>;
  /** All throw `forbidden` where the person does not agree that what is entered goes to another address. */
  setup: {
    test(target: TestTarget, change: SettingChange): Promise<TestReport>;
    projects(change: SettingChange): Promise<JiraProjects>;
    types(change: SettingChange, labelToIssueType: Request<'jira:types'>['labelToIssueType']): Promise<JiraTypes>;
  };
  owner: {
    read(): Promise<OwnerView>;
    ask(user: string): Promise<OwnerView>;
    confirm(code: string): Promise<OwnerView>;
    forget(): Promise<OwnerView>;
  };
  manifest(): Promise<string>;
  testTicket(text: string): Promise<TestTicket>;
}

/** Throws `invalid_input` for what stays with files and the environment. */
function checkSavable(change: SettingChange): void {
  const row = settingRows.find(({ name, window }) => window === 'never' && name in change);
  if (row !== undefined) throw new AppError('invalid_input', `${row.name} cannot be set in the window.`);
}

/** The same for what the window may only choose from what main offered: files and folders that are read or deleted. */
function checkTyped(change: SettingChange): void {
  for (const { name, window } of settingRows) {
    if (typeof window === 'string' || !change[name]?.trim()) continue;
    throw new AppError('invalid_input', `${name} cannot be saved here. ${window.advice}`);
  }
}

export function createSettingsHandlers({
  read,
  save,
  allowAddress,
  setup,
  owner,
  manifest,
  testTicket,
}: SettingsDeps): HandlersOf<'settings'> & HandlersOf<'jira'> & HandlersOf<'owner'> & HandlersOf<'guide'> {
  return {
    'settings:read': () => read(),

    async 'settings:save'(request) {
      checkSavable(request.change);
      checkTyped(request.change);
      await save(request);
      return read();
    },

    async 'settings:allow-address'(request) {
      await allowAddress(request);
      return read();
    },

    async 'settings:test'({ target, change }) {
      checkSavable(change);
      return setup.test(target, change);
    },

    async 'jira:projects'({ change }) {
      checkSavable(change);
      return setup.projects(change);
    },

    async 'jira:types'({ change, labelToIssueType }) {
      checkSavable(change);
      return setup.types(change, labelToIssueType);
    },

    'owner:read': () => owner.read(),
    'owner:ask': ({ user }) => owner.ask(user),
    'owner:confirm': ({ code }) => owner.confirm(code),
    'owner:forget': () => owner.forget(),
    'guide:manifest': () => manifest(),
    'guide:test-ticket': ({ text }) => testTicket(text),
  };
}
