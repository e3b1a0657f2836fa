import { spawn } from 'node:child_process';
import { allTickets } from '../../shared/ticket-list.ts';
import type { DemoMode } from '../demo/demo-mode.ts';
import { ownerKey } from '../settings/saved-file.ts';
import type { SavedSettings } from '../settings/saved-settings.ts';
import type { TicketLog } from '../tickets/ports/ticket-log.ts';
import type { StartUp } from './start-up.ts';

/** Starts the stand-ins, which are loaded only here, so that they are no part of the real program at work. */
export async function startDemo(
  log: TicketLog,
  deployment: StartUp['demoJira'],
  onChange: () => void,
): Promise<DemoMode> {
  const { createDemoMode } = await import('../demo/demo-mode.ts');
  const earlier = await log.list({ filter: allTickets, limit: 200 });
  return createDemoMode({ deployment, earlier: earlier.reverse(), update: log.update, onChange });
}

/** Makes the demo's alice the owner of its desktop, unless somebody is: she may approve in the window. */
export async function giveDesktop(saved: Pick<SavedSettings, 'readPlain' | 'write'>, { owner }: DemoMode) {
  if (saved.readPlain()[ownerKey] !== undefined) return;
  const confirmedAt = new Date().toISOString();
  await saved.write({ [ownerKey]: { ...owner, confirmedAt } }, { allowPlainText: false });
}

/** Starts the demo as a program of its own, with its own data folder; it outlives this one. */
export function startDemoProgram({ argv, execPath }: NodeJS.Process, { dataDir, asUser }: StartUp): void {
  const own = argv.slice(1).filter((argument) => argument !== '--hidden' && !argument.startsWith('--user-data-dir'));
  const args = [...own, '--demo', `--user-data-dir=${dataDir}`];
  const child = asUser(() => spawn(execPath, args, { detached: true, stdio: 'ignore' }));
  child.unref();
}
