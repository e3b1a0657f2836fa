import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { createProgram, type ProgramDeps } from '../../../electron/app/program.ts';
import { standInSettings } from '../../../electron/demo/stand-in-settings.ts';
import { createTicketLog } from '../../../electron/log/sqlite/ticket-log.ts';
import type { SettingName } from '../../../shared/settings.ts';
import type { SettingChange } from '../../../shared/settings-view.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';
import { aWorld } from '../slice/desk.ts';
import { quietProgram } from './quiet-program.ts';

/** A program that is connected, by settings that were saved; those of `fixed` come from the environment. */
export async function aConnectedProgram(fixed: readonly SettingName[] = [], deps: Partial<ProgramDeps> = {}) {
  const { slack, jira } = await aWorld();
  const other = await aWorld();
  const dataDir = aTemporaryFolder();
  const log = await createTicketLog({ file: join(dataDir, 'tickets.db') });
  const isFixed = ([name]: [string, string]) => fixed.some((each) => each === name);
  const settings = Object.entries(standInSettings(slack, jira));
  const program = createProgram({
    ...quietProgram(dataDir, log),
    cwd: dataDir,
    env: Object.fromEntries(settings.filter(isFixed)),
    ...deps,
  });
  onTestFinished(async () => {
    await program.stop();
    await log.close();
  });
  const save = (change: SettingChange) => program.saveSettings({ change, allowPlainText: false });
  await save(Object.fromEntries(settings.filter((setting) => !isFixed(setting))));
  await program.start();
  await vi.waitFor(async () => expect((await program.status()).slack.state).toBe('ok'), { timeout: 10_000 });
  return { program, log, slack, jira, other, dataDir, save };
}
