/**
 * An address that may be sent secrets: https, or http where `mayBeHttp` allows that host. No credentials, query or
 * fragment. The path ends in a slash. Null for anything else.
 */
export function webAddress(value: string, mayBeHttp: (hostname: string) => boolean): URL | null {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || url.username || url.password || url.search || url.hash) return null;
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && mayBeHttp(url.hostname));
  if (!safe) return null;
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}
