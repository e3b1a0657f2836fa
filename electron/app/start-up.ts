import { secretNames } from '../../shared/settings.ts';
import { keepFilesPrivate, mendPrivacy, type PrivateFiles } from '../files/private-files.ts';
import { folderNotices, folderProblem } from '../files/usable-folder.ts';
import { visibleLine } from '../logging/log-line.ts';
import { extraCertificatesPath, ownVariable, trustExtraCertificates } from '../network/extra-certificates.ts';
import { dataFolder } from '../settings/data-folder.ts';
import { secretsFdVariable, withInheritedSecrets } from '../settings/inherited-secrets.ts';
import { exitCodes } from './exit-codes.ts';
import { createOldElectron, isAllowedBy, type OldElectron } from './old-electron.ts';

export interface StartProblem {
  message: string;
  exitCode: number;
}

/** What is settled before Electron is asked for anything, and before anything is written. */
export interface StartUp extends PrivateFiles {
  /** The environment, secrets that the launcher left included; `process.env` has none of them any more. */
  env: Readonly<Record<string, string | undefined>>;
  /** DATA, absolute. */
  dataDir: string;
  /** Why this start leads nowhere, with what to do and the code to end with; null where it may go on. */
  problem: StartProblem | null;
  /** Why no window can be made, with what to do; null where one can. Another program may still be asked for its own. */
  noScreen: string | null;
  isDemo: boolean;
  /** Which Jira the demo plays. */
  demoJira: 'cloud' | 'datacenter';
  /** What this Electron may not do. */
  oldElectron: OldElectron;
  /** What whoever started the program should read, in sentences; stderr has it already. */
  warnings: readonly string[];
  /** What people should know as long as the program runs, in sentences. */
  notices: readonly string[];
}

/** `shutDoors`: closes what others could come in by, and says in words which of it was asked for. */
export function startUp(process: NodeJS.Process, home: string, shutDoors: () => string | null): StartUp {
  const { argv, platform } = process;
  // Before anything is written. Tickets and tokens are nobody else's business on a shared machine.
  const privateFiles = keepFilesPrivate();
  const warnings: string[] = [];
  function warn(message: string | null): void {
    if (message === null) return;
    warnings.push(message);
    process.stderr.write(`${visibleLine(message)}\n`);
  }

  warn(shutDoors());
  const certificates = extraCertificatesPath(process.env);
  warn(trustExtraCertificates(certificates));
  // For the processes of ours, the models' and the demo.
  if (certificates !== '') process.env[ownVariable] = certificates;
  const { env, problem: secretsProblem } = withInheritedSecrets(process.env);
  warn(secretsProblem);
  // Electron hands the environment to the window's process, which has no business with secrets.
  for (const name of [...secretNames, secretsFdVariable]) delete process.env[name];

  const dataDir = dataFolder({ argv, env, cwd: process.cwd(), platform, home });
  const unusable = folderProblem(dataDir);
  const problem = unusable === null ? null : { message: unusable, exitCode: exitCodes.unwritable };
  const noScreen = screenProblem(process);
  const notices = [mendPrivacy(dataDir), ...folderNotices(dataDir)].filter((notice) => notice !== null);
  const oldElectron = createOldElectron(process.versions['electron'], isAllowedBy(env['ALLOW_OLD_ELECTRON']));
  return {
    ...privateFiles,
    env,
    dataDir,
    problem,
    noScreen,
    isDemo: argv.includes('--demo'),
    demoJira: argv.includes('--data-center') ? 'datacenter' : 'cloud',
    oldElectron,
    warnings,
    notices,
  };
}

function screenProblem({ env, argv, platform }: NodeJS.Process): string | null {
  const hasScreen = [env['DISPLAY'], env['WAYLAND_DISPLAY']].some(Boolean);
  const isHeadless = argv.some((argument) => argument.startsWith('--ozone-platform='));
  if (platform !== 'linux' || hasScreen || isHeadless) return null;
  // Chromium would end without a word that a person understands, also where no window is to be shown.
  return 'There is no display: DISPLAY and WAYLAND_DISPLAY are empty, and the program needs one, also with --hidden. Start it from a desktop session, or under xvfb-run.';
}
