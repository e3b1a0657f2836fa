import { join } from 'node:path';
import type { ProgramDeps } from '../../../electron/app/program.ts';
import { unlockedKeychain as secretStore } from '../slice/desk.ts';

// electron-store imports electron, which in plain Node would look for its own executable.
process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= '/nowhere';
const { createSavedSettings } = await import('../../../electron/settings/saved-settings.ts');

/** What a program needs that tells nobody anything, with its own files in `dataDir`. */
export function quietProgram(dataDir: string, log: ProgramDeps['log']) {
  return {
    dataDir,
    templatePath: join(import.meta.dirname, '../../../config.yml'),
    version: '0',
    demo: false,
    saved: createSavedSettings({ dataDir, secretStore }),
    secretStore,
    log,
    ownsLog: true,
    storage: () => ({ bytes: 0, backup: { at: null, message: null }, recovery: null }),
    logger: { warn() {}, error() {} },
    print() {},
    onChange() {},
    onTicket() {},
    onBehaviour() {},
    onError() {},
  } satisfies Partial<ProgramDeps>;
}
