import { tooLate, within } from './deadline.ts';
import type { FormDesk, OpenForm } from './form-desk.ts';
import { formView } from './modal/form-view.ts';
import * as words from './modal/form-words.ts';

/** A form on somebody's screen. */
export interface FormPlace {
  id: string;
  hash?: string | undefined;
}

/** Shows what a form's type demands, once that is known. Never rejects. */
export type Redraw = (form: OpenForm, place: FormPlace) => Promise<void>;

const decideMs = 20_000;
/** A form that is there so soon is not said to load. */
const soonMs = 300;

export function createRedraw(desk: FormDesk): Redraw {
  /** The latest change of each form that is under way: what an earlier one comes to is not shown any more. */
  const latest = new Map<string, number>();
  let changes = 0;

  return async function redraw(form, place) {
    changes += 1;
    const own = changes;
    latest.set(place.id, own);
    const isLatest = () => latest.get(place.id) === own;
    try {
      const { choice } = form.state;
      const label = choice ?? form.metadata.ownLabel ?? (await desk.decide(form, decideMs));
      const asking = desk.askedFor(form, label ?? 'Task');
      let { hash } = place;
      if ((await within(soonMs, asking)) === tooLate && isLatest()) {
        const loading = await desk.modelOf(form, { asked: null, label: form.metadata.label, notice: words.loading });
        // Until then it shows what was typed, whatever the type.
        const shown = await desk.show(formView({ ...loading, metadata: form.metadata }), { ...place, hash });
        hash = shown === null || shown === '' ? undefined : shown;
      }
      const { asked, notice } = await asking;
      if (!isLatest()) return;
      const view = formView(await desk.modelOf(form, { asked, label, notice }));
      const shown = await desk.show(view, { ...place, hash });
      // Another desktop's change, or one that was under way: this is the latest that is known here.
      if (shown === null && isLatest() && hash !== undefined) await desk.show(view, { id: place.id });
    } catch (thrown) {
      desk.note(thrown);
    } finally {
      if (isLatest()) latest.delete(place.id);
    }
  };
}
