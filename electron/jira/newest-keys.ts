import { numberOf, prefixOf } from './api/project-keys.ts';

/** How long a newest key serves, in milliseconds: an older one only means that more keys are read, if ever. */
const goodForMs = 5 * 60_000;

/** The newest key that is known of each project. */
export interface NewestKeys {
  /** null where it cannot be known. Throws what `read` throws. */
  of(project: string): Promise<string | null>;
  /** This issue was made. */
  saw(project: string, key: string): void;
  /** Numbers in keys of the issues that were made, which the index may not know, or not any more. */
  madeIn(project: string): ReadonlySet<number>;
}

/** Asks with `read`, at most once in five minutes for each project, also while several ask at once. */
export function createNewestKeys(deps: {
  read(project: string): Promise<string | null>;
  /** Milliseconds since 1970. */
  now(): number;
}): NewestKeys {
  const known = new Map<string, { at: number; key: Promise<string | null> }>();
  const made = new Map<string, Set<number>>();

  /** What fails, or says nothing, is not kept. */
  function keep(project: string, entry: { at: number; key: Promise<string | null> }): void {
    known.set(project, entry);
    const forget = () => known.get(project) === entry && known.delete(project);
    entry.key.then((key) => key === null && forget(), forget);
  }

  return {
    of(project) {
      const entry = known.get(project);
      if (entry !== undefined && deps.now() - entry.at < goodForMs) return entry.key;
      const key = deps.read(project);
      keep(project, { at: deps.now(), key });
      return key;
    },

    madeIn: (project) => made.get(project) ?? new Set(),

    saw(project, key) {
      made.set(project, (made.get(project) ?? new Set()).add(numberOf(key)));
      const entry = known.get(project);
      if (entry === undefined) return;
      const newer = entry.key.then((before) => (before !== null && isNewer(key, before) ? key : before));
      keep(project, { at: entry.at, key: newer });
    },
  };
}

function isNewer(key: string, before: string): boolean {
  return prefixOf(key) === prefixOf(before) && numberOf(key) > numberOf(before);
}
