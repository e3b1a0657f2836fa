/** Whether a URL's hostname is this machine. URL has already put 127.1 and the like in full. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
