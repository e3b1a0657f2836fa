import { homedir } from 'node:os';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The home folder, as shells and systems have it: at the beginning, as a whole part of the path. */
const homeWords =
  /^(?:~|\$HOME|\$\{HOME\}|%HOME%|\$USERPROFILE|\$\{USERPROFILE\}|%USERPROFILE%|\$env:USERPROFILE|\$env:HOME)(?=$|[/\\])/i;
const quotationMarks = /^(?:"([^"]*)"|'([^']*)'|“([^”]*)”)$/;

/**
 * A path as people write it, as the system takes it: without quotation marks around it, `file:` addresses as paths, the
 * home folder for `~`, `$HOME` and `%USERPROFILE%`. What is relative stays so.
 *
 * @param home The person's home folder, absolute.
 */
export function writtenPath(text: string, home = homedir(), platform: NodeJS.Platform = process.platform): string {
  const quoted = quotationMarks.exec(text.trim());
  const bare = (quoted?.[1] ?? quoted?.[2] ?? quoted?.[3] ?? text).trim();
  const path = /^file:/i.test(bare) ? pathOf(bare, home, platform) : bare;
  return ownTilde(path, home).replace(homeWords, () => home);
}

/** `~ann` is `~`, where that is whose home this is. */
function ownTilde(path: string, home: string): string {
  const own = `~${basename(home)}`;
  return path === own || path.startsWith(`${own}/`) ? `~${path.slice(own.length)}` : path;
}

function pathOf(address: string, home: string, platform: NodeJS.Platform): string {
  const rest = address.slice('file:'.length);
  if (/^\/{0,2}$/.test(rest)) return address;
  // An address has no relative path, but people write one.
  const path = /^[/\\]/.test(rest) ? absoluteOf(address, platform) : decoded(rest);
  // `file:///~/models`: the slash is the address's.
  const relative = ownTilde(path.replace(/^[/\\]/, ''), home);
  return homeWords.test(relative) ? relative : path;
}

function absoluteOf(address: string, platform: NodeJS.Platform): string {
  try {
    // In a path, both are letters like others.
    const url = new URL(address.replaceAll('#', '%23').replaceAll('?', '%3F'));
    return fileURLToPath(url, { windows: platform === 'win32' });
  } catch {
    // `file://~/models` names a host, and a lone % is no address.
    return decoded(address.replace(/^file:(\/\/)?/i, ''));
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
