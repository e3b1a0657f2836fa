import { createSettingsSource } from '../../../electron/settings/settings-source.ts';
import { createSetup, type SetupDeps } from '../../../electron/setup/create-setup.ts';
import type { CheckReport } from '../../../shared/settings-view.ts';
import { createLoopbackServer } from '../../../stand-ins/loopback-server.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

/** The tests of the window with these settings saved and this environment. */
export function setupOn(
  saved: Record<string, unknown>,
  env: Record<string, string> = {},
  refusal: SetupDeps['refusal'] = () => null,
  onBind: SetupDeps['bind'] = () => {},
) {
  const dataDir = aTemporaryFolder();
  const source = createSettingsSource({
    dataDir,
    cwd: null,
    env,
    saved: { read: async () => ({ values: saved, problems: [] }), readPlain: () => saved, write: async () => {} },
  });
  const bind: SetupDeps['bind'] = (uses) => {
    onBind(uses);
    source.bindGiven(uses);
  };
  return createSetup({ load: async (change) => (await source.load(change)).after, bind, refusal });
}

/** A report as lines: `problem: ...`. */
export function linesOf({ findings }: Pick<CheckReport, 'findings'>): string[] {
  return findings.map(({ level, message }) => `${level}: ${message}`);
}

/** An address on this machine where nobody listens. */
export async function deadAddress(): Promise<string> {
  const server = await createLoopbackServer({ operationOf: () => 'none', answer: () => ({ status: 404 }) });
  await server.close();
  return server.origin;
}
