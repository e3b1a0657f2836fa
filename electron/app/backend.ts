import { join } from 'node:path';
import { toAppError } from '../../shared/errors.ts';
import type { IpcHandlers } from '../../shared/ipc.ts';
import type { Settings } from '../../shared/settings.ts';
import type { StartHost } from '../classifier/gguf/host-calls.ts';
import { createHostedLoader } from '../classifier/gguf/hosted-model.ts';
import type { DemoMode } from '../demo/demo-mode.ts';
import type { OpenedLog } from '../log/open-ticket-log.ts';
import { visibleLine } from '../logging/log-line.ts';
import type { AppLogger } from '../logging/logging.ts';
import { modelCheck } from '../model-library/check-model.ts';
import { createHostedFiles } from '../model-library/hosted-files.ts';
import { createSavedSettings } from '../settings/saved-settings.ts';
import type { SecretStore } from '../settings/secret-store.ts';
import { addressQuestion } from '../setup/address-question.ts';
import type { Owner } from '../setup/owner.ts';
import { createRetention } from '../setup/retention.ts';
import { createBehaviour } from './behaviour.ts';
import type { ChangeFeed } from './change-feed.ts';
import { createProgram, type Program } from './program.ts';
import { giveDesktop } from './start-demo.ts';
import type { StartUp } from './start-up.ts';
import { createWindowHandlers, type WindowHandlersDeps } from './window-handlers.ts';

export interface BackendDeps {
  start: StartUp;
  opened: OpenedLog;
  /** null outside demo mode. */
  demo: DemoMode | null;
  feed: ChangeFeed;
  logger: AppLogger;
  secretStore: SecretStore;
  /** Starts processes for this purpose. */
  startHost(purpose: string): StartHost;
  desktop: WindowHandlersDeps['desktop'];
  /** Has the system start this program at login, or no longer. May throw. */
  applyLoginItem(startAtLogin: boolean): void;
  /** What people should know besides, as it is now; sentences. */
  notices(): readonly string[];
  /** Absolute path of the folder with the files that come with the program, such as the commented config.yml. */
  appFolder: string;
  isPackaged: boolean;
  version: string;
}

/** All that works behind the window, the tray and the notifications. */
export interface Backend {
  program: Program;
  handlers: IpcHandlers;
  owner: Owner;
  /** null before the settings were read. */
  behaviour(): Settings['behaviour'] | null;
  /** Interrupts the work in hand; the log may be closed then. */
  stop(): Promise<void>;
}

export function createBackend(deps: BackendDeps): Backend {
  const { start, opened, demo, feed, logger, secretStore, desktop, appFolder } = deps;
  const { dataDir, oldElectron } = start;
  const { log } = opened;
  const onError = logger.failure;
  // The demo is the same everywhere.
  const checkout = demo === null && !deps.isPackaged ? appFolder : null;
  const files = createHostedFiles({ startHost: deps.startHost('files') });
  const saved = createSavedSettings({ dataDir, secretStore });
  if (demo !== null) giveDesktop(saved, demo).catch((thrown) => onError(toAppError(thrown), 'the demo’s owner'));
  const retention = createRetention({ log, onPruned: () => feed.changed('tickets'), onError });
  const behaviour = createBehaviour({ retention, applyLoginItem: deps.applyLoginItem });
  const program = createProgram({
    dataDir,
    // The demo knows no real credentials: neither those of the environment nor a .env of the current folder. That of a
    // packaged program is wherever somebody opened a document.
    cwd: demo === null && !deps.isPackaged ? process.cwd() : null,
    env: demo === null ? start.env : demo.env,
    templatePath: join(appFolder, 'config.yml'),
    version: deps.version,
    demo: demo !== null,
    saved,
    secretStore,
    log,
    ownsLog: opened.ownsLog,
    storage: () => ({ bytes: opened.bytes(), backup: opened.backups.state(), recovery: opened.knownRecovery() }),
    notices: () => [...start.notices, ...deps.notices()],
    oldElectron,
    logger,
    checkout,
    files,
    loadModel: createHostedLoader(deps.startHost('model'), modelCheck(files)),
    print: (line) => process.stdout.write(`${visibleLine(line)}\n`),
    onChange: feed.changed,
    onTicket: feed.ticketChanged,
    onBehaviour: behaviour.apply,
    onError,
    confirmAddress: (refusal) => desktop.confirm(addressQuestion(refusal)),
  });
  const { handlers, owner, ...downloads } = createWindowHandlers({
    program,
    log,
    saved,
    dataDir,
    checkout,
    files,
    manifestPath: join(appFolder, 'slack-manifest.yml'),
    demo,
    onChange: feed.changed,
    startHost: deps.startHost,
    exportMode: start.usersMode(0o666),
    oldElectron,
    desktop,
  });
  return {
    program,
    handlers,
    owner,
    behaviour: behaviour.current,
    async stop() {
      retention.stop();
      await Promise.all([program.stop(), downloads.stop()]);
      files.stop();
    },
  };
}
