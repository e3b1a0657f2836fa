import { withoutForeign } from '../shared/foreign-variables.ts';
import { settingNames } from '../shared/settings.ts';

/** A developer's own; `withoutForeign` takes out what no start lets through. */
const unwanted: readonly string[] = [...settingNames, 'TICKET_AGENT_HOME', 'ALLOW_OLD_ELECTRON', 'INIT_CWD'];

/** This process's environment without a developer's own settings and without a test runner's, and with `more`. */
export function appEnvironment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const inherited = Object.entries(withoutForeign(process.env)).filter(([name]) => !unwanted.includes(name));
  return { ...Object.fromEntries(inherited), ...more };
}
