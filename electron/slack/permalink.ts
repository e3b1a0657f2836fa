/** Whether this is the address of a message in Slack, which Slack itself gives. */
export function isPermalink(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username } = new URL(url);
  return protocol === 'https:' && username === '' && /\.slack(-gov)?\.com$/.test(hostname);
}
