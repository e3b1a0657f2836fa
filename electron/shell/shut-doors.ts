/** Switches by which others could look into the program, or between it and its network. */
const switches = [
  // Chromium's: https://peter.sh/experiments/chromium-command-line-switches
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-io-pipes',
  'remote-debugging-address',
  'remote-debugging-socket-name',
  'remote-debugging-targets',
  'remote-allow-origins',
  'auto-open-devtools-for-tabs',
  'custom-devtools-frontend',
  'devtools-flags',
  'enable-automation',
  'load-extension',
  'js-flags',
  'enable-blink-features',
  'ssl-key-log-file',
  'log-net-log',
  'net-log-capture-mode',
  'webrtc-event-logging',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'disable-web-security',
  'allow-file-access-from-files',
  'allow-running-insecure-content',
  'unsafely-treat-insecure-origin-as-secure',
  'force-webrtc-ip-handling-policy',
  'host-rules',
  'host-resolver-rules',
  'proxy-server',
  'proxy-pac-url',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
  'browser-subprocess-path',
  // Node's, which the fuses have shut already: https://nodejs.org/api/cli.html#options
  'inspect',
  'inspect-brk',
  'inspect-brk-node',
  'inspect-wait',
  'inspect-port',
  'inspect-publish-uid',
  'debug',
  'debug-brk',
  'debug-port',
];

/** Variables of the same kind. Of the first two fuses take the effect away, which is said all the same. */
const variables = ['NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE', 'SSLKEYLOGFILE', 'NODE_TLS_REJECT_UNAUTHORIZED'];

/**
 * Takes away what would let others debug the packaged program or read its connections. Call it before anything else,
 * and before Electron is ready: Chromium opens its port for debugging then.
 *
 * @returns What was asked for in vain, in words; null where nothing was.
 */
export function shutDoors(
  commandLine: { hasSwitch(name: string): boolean; removeSwitch(name: string): void },
  env: Record<string, string | undefined>,
): string | null {
  const asked = switches.filter((name) => commandLine.hasSwitch(name));
  for (const name of asked) commandLine.removeSwitch(name);
  const set = variables.filter((name) => env[name]);
  for (const name of variables) delete env[name];
  const named = [...asked.map((name) => `--${name}`), ...set];
  if (named.length === 0) return null;
  return `Without effect here: ${named.join(', ')}. The packaged program cannot be debugged or listened to; start it from its sources for that.`;
}
