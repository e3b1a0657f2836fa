import { sql } from 'kysely';
import { z } from 'zod';
import type { FieldValues } from '../../tickets/ports/form-texts.ts';
import type { QueryRunner } from './query-runner.ts';

/** Time for which a form is open at most, in milliseconds. */
const keptForMs = 24 * 60 * 60_000;

const valuesSchema = z.record(z.string(), z.json());

/** Table `form_texts`, read and written at once. Throws SQLite's errors. */
export function createFormTexts({ run }: QueryRunner) {
  function prune(now: number): void {
    const before = new Date(now - keptForMs).toISOString();
    run(sql`delete from form_texts where kept_at < ${before} returning view`);
  }

  return {
    prune,

    keep(form: string, values: FieldValues, now: number): void {
      prune(now);
      const [texts, at] = [JSON.stringify(values), new Date(now).toISOString()];
      run(sql`insert into form_texts (view, texts, kept_at) values (${form}, ${texts}, ${at})
        on conflict (view) do update set texts = excluded.texts, kept_at = excluded.kept_at returning view`);
    },

    kept(form: string): FieldValues | null {
      const [row] = run(sql<{ texts: string }>`select texts from form_texts where view = ${form}`);
      return row === undefined ? null : valuesSchema.parse(JSON.parse(row.texts));
    },
  };
}
