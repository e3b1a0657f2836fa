/**
 * Whether an address out of a payload may be asked or told something: Slack's own hosts and the origin of the configured API.
 * No payload must send a token or a ticket's text elsewhere.
 */
export function isSlackAddress(address: URL, apiUrl: string): boolean {
  if (address.origin === new URL(apiUrl).origin) return true;
  return address.protocol === 'https:' && /(^|\.)slack(-gov)?\.com$/.test(address.hostname);
}
