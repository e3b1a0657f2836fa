import { chmodSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Permissions of the group and of everybody else. */
const others = 0o077;
/** Whoever may write into such a folder shares it with everybody, as `/tmp`: it is not ours to close. */
const sticky = 0o1000;
/** Folders in DATA whose files are looked at, too. Models are no secret, and Chromium's own folder has thousands. */
const ownFolders = ['logs', 'backups', 'classifier-cache'];
/** How the names of our files begin: all that is touched in a folder that stays open to others. */
const ownNames =
  /^(tickets\.(db|old-)|agent\.lock|settings\.json|mark-keys\.json|downloads\.json|secret-origins\.json|consents\.json|window\.json|config\.yml|\.env|export-)/;

export interface PrivateFiles {
  /** Permissions for a file or folder that a person asked for, such as an export. `wanted`: 0o666 or 0o777. */
  usersMode(wanted: number): number;
  /** Runs what starts another program, which gets the person's own umask. What `start` does later does not. */
  asUser<Result>(start: () => Result): Result;
}

/**
 * What this process makes from now on, only this user may read, write or enter. Call it before anything is written. On
 * Windows folders are private by where they lie, and nothing changes.
 */
export function keepFilesPrivate(platform: NodeJS.Platform = process.platform): PrivateFiles {
  if (platform === 'win32') return { usersMode: (wanted) => wanted, asUser: (start) => start() };
  const users = process.umask(others);
  return {
    usersMode: (wanted) => wanted & ~users,
    asUser(start) {
      process.umask(users);
      try {
        return start();
      } finally {
        process.umask(others);
      }
    },
  };
}

/**
 * Takes what is in `folder`, and the folder itself, away from everybody but its owner: it may be older than that. Gives
 * what is wrong where others can get in all the same, in words; null where all is well. Never throws.
 */
export function mendPrivacy(folder: string, platform: NodeJS.Platform = process.platform): string | null {
  if (platform === 'win32') return null;
  const isMended = close(folder);
  const files = namesIn(folder).filter((name) => ownNames.test(name) || ownFolders.includes(name));
  const inFolders = ownFolders.flatMap((own) => namesIn(join(folder, own)).map((name) => join(own, name)));
  const [open] = [...files, ...inFolders].filter((name) => !isLink(join(folder, name)) && !close(join(folder, name)));
  // Nobody gets through a closed door.
  if (isMended) return null;
  const what = open === undefined ? '' : ` What lies there can be read or changed by them, such as ${open}.`;
  return `Other accounts of this computer can get into the data folder ${folder}, and this program may not change that.${what} Choose a folder of your own with --user-data-dir or TICKET_AGENT_HOME.`;
}

/** Whether nobody but the owner can use it now. */
function close(path: string): boolean {
  try {
    const { mode } = statSync(path);
    if ((mode & others) !== 0 && (mode & sticky) === 0) chmodSync(path, mode & 0o7700);
  } catch {
    // It is gone meanwhile, or it is not ours.
  }
  return isClosed(path);
}

/** What a link leads to lies elsewhere, and is none of our business. */
function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== false;
}

function isClosed(path: string): boolean {
  try {
    return (statSync(path).mode & others) === 0;
  } catch {
    return true;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
