import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachedName, isAttachedAs } from '../../../electron/jira/attached-name.ts';

describe('the name of a file on an issue', () => {
  it.each([
    ['screenshot.png', 'screenshot-F07.png'],
    ['Bericht Q3 (final).docx', 'Bericht Q3 (final)-F07.docx'],
    ['Makefile', 'Makefile-F07'],
    ['.env', 'file-F07.env'],
    ['archive.tar.gz', 'archive.tar-F07.gz'],
    ['../../etc/passwd', '.._.._etc_passwd-F07'],
    ['a\r\nX-Evil: 1.txt', 'a_X-Evil_ 1-F07.txt'],
    ['\u202Egnp.exe', 'gnp-F07.exe'],
    ['', 'file-F07'],
  ])('of %j is %j', (name, expected) => {
    expect(attachedName({ id: 'F07', name })).toBe(expected);
  });

  it('is known again also where Jira has changed the rest of it', () => {
    expect(isAttachedAs('Bericht_f_r_Q3-F07.docx', { id: 'F07', name: 'Bericht für Q3.docx' })).toBe(true);
    expect(isAttachedAs('F07.docx', { id: 'F07', name: 'F07.docx' })).toBe(false);
  });

  const anId = fc.stringMatching(/^F[A-Z0-9]{8,10}$/);
  const anyName = fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 }));

  it('is known again, whatever the file is called, and is one line of at most 200 characters', () => {
    fc.assert(
      fc.property(anId, anyName, (id, name) => {
        const attached = attachedName({ id, name });
        expect(isAttachedAs(attached, { id, name })).toBe(true);
        expect(attached.length).toBeLessThanOrEqual(200);
        expect(attached).not.toMatch(/[\\/:*?"<>|\p{Cc}]/u);
      }),
    );
  });

  it('of another file is never taken for it, also where that is called like it', () => {
    fc.assert(
      fc.property(
        anId,
        anId,
        fc.string({ maxLength: 40 }),
        fc.string({ maxLength: 10 }),
        (id, other, before, after) => {
          fc.pre(id !== other);
          const hostile = { id: other, name: `${before}-${id}${after}` };
          expect(isAttachedAs(attachedName(hostile), { id, name: 'x' })).toBe(false);
        },
      ),
    );
  });
});
