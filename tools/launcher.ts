import { secretsFdVariable } from '../electron/settings/inherited-secrets.ts';
import { secretNames } from '../shared/settings.ts';

/**
 * A POSIX shell script that runs its arguments as a command, without the secrets in its environment: Chromium's zygote
 * starts before any code of ours, and it and all that come of it keep what stood there. The secrets wait in a pipe,
 * whose number {@link secretsFdVariable} says, each as `NAME=value` and a NUL. It ends in `exec`, so that process id,
 * output, exit code and signals are the program's own. Linux only; the kernel's limit for one value is 128 KiB.
 */
export function launcherScript(): string {
  const isAnySet = secretNames.map((name) => `\${${name}:+x}`).join('');
  return `unset ${secretsFdVariable}
if [ -n "${isAnySet}" ]; then
  # Nothing is ever stored in it: it is a name by which the two ends of a pipe meet.
  ticket_agent_pipe=$(umask 077 && mktemp -d "\${XDG_RUNTIME_DIR:-\${TMPDIR:-/tmp}}/ticket-agent-XXXXXX" 2>/dev/null) ||
    ticket_agent_pipe=$(umask 077 && mktemp -d /tmp/ticket-agent-XXXXXX 2>/dev/null) || ticket_agent_pipe=
  if [ -n "$ticket_agent_pipe" ] && mkfifo -m 600 "$ticket_agent_pipe/pipe" 2>/dev/null; then
    # Of its own and nobody's child, since a long value has to wait for its reader. printf is the shell's own: no
    # arguments of another program.
    ( (
${secretNames.map((name) => `      [ -z "\${${name}:+x}" ] || printf '%s=%s\\0' ${name} "$${name}"`).join('\n')}
    ) >"$ticket_agent_pipe/pipe" & )
    exec 9<"$ticket_agent_pipe/pipe"
    ${secretsFdVariable}=9
    export ${secretsFdVariable}
    unset ${secretNames.join(' ')}
  else
    echo 'The tokens stay in the environment of all processes: no pipe could be made in /tmp.' >&2
  fi
  [ -z "$ticket_agent_pipe" ] || rm -rf "$ticket_agent_pipe"
  unset ticket_agent_pipe
fi
exec "$@"
`;
}

/** The launcher of a packaged program, which lies beside it with this name. */
export function packagedLauncher(program: string): string {
  return `#!/bin/sh
# Starts ${program} without tokens in its environment. Written by tools/launcher.ts.
ticket_agent_self=$(readlink -f -- "$0") || ticket_agent_self=$0
set -- "\${ticket_agent_self%/*}/${program}" "$@"
unset ticket_agent_self
${launcherScript()}`;
}
