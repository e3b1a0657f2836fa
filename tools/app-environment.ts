import { settingNames } from '../shared/settings.ts';

/** What would make the app, or npm, do something else than it does for a person. */
const unwanted = [
  ...settingNames,
  'TICKET_AGENT_HOME',
  'ALLOW_OLD_ELECTRON',
  'INIT_CWD',
  'NODE_ENV',
  'NODE_OPTIONS',
  'ELECTRON_RUN_AS_NODE',
  // Either tells Electron where to write more than our own lines.
  'ELECTRON_ENABLE_LOGGING',
  'DEBUG',
];

/** This process's environment without a developer's own settings and without a test runner's, and with `more`. */
export function appEnvironment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || unwanted.includes(name) || name.startsWith('VITEST') ? [] : [[name, value]],
  );
  return { ...Object.fromEntries(inherited), ...more };
}
