import type { FormWish } from '../../tickets/form-actions.ts';
import type { AskedForm } from '../../tickets/ports/issue-tracker.ts';

/** Forms as the tracker told them last: a list of options has to be there within three seconds. */
export interface FormCache {
  /** A form that was told within the last minute; null where there is none. */
  fresh(wish: FormWish): AskedForm | null;
  /** A form that was told at any time. */
  known(wish: FormWish): AskedForm | null;
  /** Asks for a form, once at a time; throws as the tracker does. */
  ask(wish: FormWish): Promise<AskedForm>;
}

const freshForMs = 60_000;
const mostKept = 100;

export function createFormCache(
  askedFor: (wish: FormWish) => Promise<AskedForm>,
  now: () => number = Date.now,
): FormCache {
  const kept = new Map<string, { form: AskedForm; until: number }>();
  const asking = new Map<string, Promise<AskedForm>>();

  function keep(key: string, form: AskedForm): void {
    kept.delete(key);
    kept.set(key, { form, until: now() + freshForMs });
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(oldest);
  }

  return {
    fresh(wish) {
      const found = kept.get(keyOf(wish));
      return found !== undefined && found.until > now() ? found.form : null;
    },
    known: (wish) => kept.get(keyOf(wish))?.form ?? null,
    ask(wish) {
      const key = keyOf(wish);
      const answer =
        asking.get(key) ??
        askedFor(wish)
          .then((form) => {
            keep(key, form);
            // The same by its type's id, which is what a form remembers.
            if (form.issueTypeId !== null) keep(keyOf({ ...wish, wantedType: form.issueTypeId }), form);
            return form;
          })
          .finally(() => asking.delete(key));
      asking.set(key, answer);
      return answer;
    },
  };
}

function keyOf({ channel, channelName, label, wantedType, wantedProject, wantedFields }: FormWish): string {
  return JSON.stringify([
    channel,
    channelName,
    wantedProject,
    wantedType ?? label,
    Object.keys(wantedFields ?? {}).toSorted(),
  ]);
}
