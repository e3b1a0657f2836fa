import { type FuseConfig, FuseV1Options, FuseVersion } from '@electron/fuses';

/**
 * What a packaged program cannot be made to do from outside, as
 * https://www.electronjs.org/docs/latest/tutorial/fuses and the security checklist beside it advise. Flipped before the
 * launcher takes the program's name, which is why they do not stand in electron-builder.yml.
 */
export const fuses: FuseConfig = {
  version: FuseVersion.V1,
  // electron-builder signs afterwards on macOS, which the change would otherwise break.
  resetAdHocDarwinSignature: process.platform === 'darwin',
  // Or anybody's script could run as this program and ask the keychain for its tokens.
  [FuseV1Options.RunAsNode]: false,
  // NODE_OPTIONS and, with it, NODE_EXTRA_CA_CERTS, which electron/network/extra-certificates.ts finds on Linux alone.
  // Where it stays on, Electron lets nothing of NODE_OPTIONS through in a package that runs or shows anything.
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: process.platform !== 'linux',
  // --inspect and its kind, and SIGUSR1.
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // Electron has it on macOS and Windows; elsewhere it changes nothing.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // The page has a scheme of its own.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // There are no cookies, and it would ask for the keychain at every start.
  [FuseV1Options.EnableCookieEncryption]: false,
};
