import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cues, folded } from '../../../../electron/classifier/builtin/cues.ts';

/** Names of the cues that are there. */
function found(text: string): string[] {
  const title = folded(text).split('\n', 1)[0] ?? '';
  return cues.filter(({ strength }) => strength(title, folded(text)) === 1).map(({ name }) => name);
}

it('gives every cue a name of its own', () => {
  const names = cues.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

it.each([
  ['How do I reset my password?', 'opens with a question word'],
  ['¿Dónde puedo descargar la factura?', 'asks in the title'],
  ['Wo finde ich das Handbuch?', 'opens with a question word'],
  ['The export fails with an exception', 'error word in the title'],
  ['La página no funciona desde ayer', 'something is not done, in the title'],
  ['Der Drucker lässt sich nicht einschalten', 'something is not done, in the title'],
  ['Total outage of the mail service', 'outage word in the title'],
  ['Corte de luz en el edificio', 'outage word in the title'],
  ['Störung im Rechenzentrum', 'outage word in the title'],
  ['It would be nice to sort by date', 'wish in the title'],
  ['Estaría bien poder filtrar', 'wish in the title'],
  ['Waere schoen, wenn man sortieren koennte', 'wish in the title'],
  ['[docs] Rename the chapter', 'opens with a task verb'],
  ['Bitte ein Konto anlegen', 'opens with a task verb'],
  ['Monitor im Labor austauschen', 'German infinitive of something to do'],
  ['nobody can log in', 'many people'],
])('hears in "%s" that it %s', (text, name) => {
  expect(found(text)).toContain(name);
});

it('takes whole words alone', () => {
  expect(found('The countdown shows terrors')).not.toContain('outage word');
  expect(found('The countdown shows terrors')).not.toContain('error word');
});

it('looks for some cues in the first line alone', () => {
  const text = 'Dates\nThe export fails.';
  expect(found(text)).toContain('error word');
  expect(found(text)).not.toContain('error word in the title');
});

it.each([
  ['code', /```|[a-z]\w*[A-Z]\w*\(|\w\(\)|;\s*(?:\n|$)|\{\s*\n|=>|->|::/u],
  ['how long it went on', /\d+\+?\s?(?:min(?:ute)?s?|hours?|hrs?|h)(?!\p{L})/iu],
  ['title ends with a question mark', /\?\s*["')]?\s*$/],
])('hears "%s" in linear time as by the obvious pattern, which takes longer', (name, obvious) => {
  const cue = cues.find((each) => each.name === name);
  const units = fc.constantFrom('a', 'B', '_', '7', '(', ' ', '?', '"', 'h', 'min', '+', '-');
  fc.assert(
    fc.property(fc.string({ unit: units, maxLength: 14 }), (text) => {
      expect(cue?.strength(text, text)).toBe(obvious.test(text) ? 1 : 0);
    }),
    { numRuns: 2_000 },
  );
});
