import { numberOf } from './project-keys.ts';

/** How long a newest key serves, in milliseconds: an older one only means that more keys are read, if ever. */
const goodForMs = 5 * 60_000;

/** The newest key that is known of each project. */
export interface NewestKeys {
  /** null where it cannot be known. Throws what `read` throws. */
  of(project: string): Promise<string | null>;
  /** This issue was made. */
  saw(project: string, key: string): void;
}

/** Asks with `read`, at most once in five minutes for each project, also while several ask at once. */
export function createNewestKeys(deps: {
  read(project: string): Promise<string | null>;
  /** Milliseconds since 1970. */
  now(): number;
}): NewestKeys {
  const known = new Map<string, { at: number; key: Promise<string | null> }>();

  return {
    of(project) {
      const entry = known.get(project);
      if (entry !== undefined && deps.now() - entry.at < goodForMs) return entry.key;
      const asked = { at: deps.now(), key: deps.read(project) };
      known.set(project, asked);
      // What failed is asked for again.
      asked.key.then(
        (key) => key === null && known.get(project) === asked && known.delete(project),
        () => known.get(project) === asked && known.delete(project),
      );
      return asked.key;
    },

    saw(project, key) {
      const entry = known.get(project);
      if (entry === undefined) return;
      const newer = entry.key.then((before) => (before !== null && isNewer(key, before) ? key : before));
      known.set(project, { at: entry.at, key: newer });
      newer.catch(() => {});
    },
  };
}

function isNewer(key: string, before: string): boolean {
  return key.replace(/-\d+$/, '') === before.replace(/-\d+$/, '') && numberOf(key) > numberOf(before);
}
