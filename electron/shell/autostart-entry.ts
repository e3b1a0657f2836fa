import { isAbsolute, join } from 'node:path';

/** Where Linux desktops look for what starts at login: the XDG autostart specification. */
export function autostartFile(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const { XDG_CONFIG_HOME: given = '' } = env;
  // The specification has relative paths ignored.
  const config = isAbsolute(given) ? given : join(home, '.config');
  return join(config, 'autostart', 'ai-ticket-agent.desktop');
}

/**
 * A desktop entry that starts this command, without a window. `command`: the executable and its arguments; `folder`: where,
 * so that no `.env` counts of wherever the desktop starts programs.
 */
export function autostartEntry(command: readonly string[], folder: string): string {
  return `[Desktop Entry]
Type=Application
Name=AI Ticket Agent
Comment=Turns Slack's /ticket into a Jira issue
Exec=${command.map(quote).join(' ')}
Path=${folder.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}
Terminal=false
`;
}

/** Whether what the entry starts is given this argument. */
export function startsWithArgument(entry: string, argument: string): boolean {
  const wanted = ` ${quote(argument)} `;
  return entry.split('\n').some((line) => line.startsWith('Exec=') && `${line} `.includes(wanted));
}

/**
 * One argument of `Exec`: in quotes, with what the shell would read marked by a backslash, and then, as in every value
 * of a desktop entry, each backslash doubled. `%` would stand for a file.
 */
function quote(argument: string): string {
  const quoted = /^[\w./:=@%+,-]+$/.test(argument) ? argument : `"${argument.replaceAll(/["`$\\]/g, '\\$&')}"`;
  return quoted.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('%', '%%');
}
