import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanSummary, originOf } from '../../../electron/jira/description.ts';
import { type FittedDescription, fitDescription } from '../../../electron/jira/fit-description.ts';
import { type AdfDocument, toAdf } from '../../../electron/jira/texts/adf.ts';
import { toWiki } from '../../../electron/jira/texts/wiki.ts';
import { lengthOfWords } from '../../../electron/rich-text/beginning.ts';
import { printable } from '../../../electron/rich-text/printable.ts';
import type { IssueDraft } from '../../../electron/tickets/ports/issue-tracker.ts';
import { labelAlone } from '../../fakes/ticket.ts';
import { draft } from './draft.ts';

/** What a person reads above the rule. */
function textOf({ content }: AdfDocument): string {
  const end = content.findIndex(({ type }) => type === 'rule');
  const paragraphs = content.slice(0, end).map((paragraph) => {
    return (paragraph.content ?? []).map(({ type, text }) => (type === 'hardBreak' ? '\n' : text)).join('');
  });
  return paragraphs.join('\n\n');
}

const longestDescription = 32_767;

function describeTicket(draft: IssueDraft, limit = longestDescription): Promise<FittedDescription> {
  return fitDescription(draft, limit, { lengthOf: async (text) => lengthOfWords(text) });
}

/** What stands below the rule, and above it in emphasis. */
function noted({ text }: FittedDescription): { origin: string; cutNote: string | null; words: string } {
  const { content } = toAdf(text);
  const words = textOf({ type: 'doc', version: 1, content });
  const below = (content.at(-1)?.content ?? []).map((node) => node.text).join('');
  return { words, origin: below, cutNote: /Cut here: .*$/.exec(words)?.[0] ?? null };
}

describe('the description', () => {
  it('reads exactly as typed, whatever was typed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\t', '*', '<', '@', '😀', '—') }),
        async (text) => {
          expect(textOf(toAdf((await describeTicket(draft({ text }))).text))).toBe(text);
        },
      ),
    );
  });

  it('has no empty text nodes, which the schema refuses', async () => {
    const document = JSON.stringify(toAdf((await describeTicket(draft({ text: '\n\n\na\n\n\n' }))).text));
    expect(document).not.toContain('"text":""');
  });

  it('says below a rule who asked, where, and who classified', async () => {
    const { content } = toAdf((await describeTicket(draft())).text);
    expect(content.at(-2)).toEqual({ type: 'rule' });
    expect(JSON.stringify(content.at(-1))).toContain(
      'Asked by ada (U1) in #help with AI Ticket Agent. Bug (93 % sure), classified on this computer by tiny.gguf.',
    );
  });

  it('lets no name turn its words round', async () => {
    const requester = { id: 'U1', name: '\u202Eada' };
    const { origin } = noted(await describeTicket(draft({ requester, channel: { id: 'C1', name: 'עזרה' } })));
    expect(origin).toMatch(/^Asked by ada \(U1\) in #\u2068עזרה\u2069 with AI Ticket Agent\./);
  });

  it('uses ids where names are not known, and says when nobody classified', async () => {
    const unnamed = { requester: { id: 'U1', name: null }, channel: { id: 'C1', name: null } };
    const { origin } = noted(await describeTicket(draft({ ...unnamed, classification: labelAlone('Task') })));
    expect(origin).toBe(
      'Asked by U1 in channel C1 with AI Ticket Agent. Task, not classified, because no model answered.',
    );
  });

  it('cuts a text that Jira would refuse, says so, and splits no character', async () => {
    const { words, cutNote, origin } = noted(await describeTicket(draft({ text: '😀'.repeat(20_000) })));
    expect(cutNote).toContain('40000 characters');
    expect(words).toMatch(/^(😀)+\n\nCut here/u);
    // A line between two paragraphs is no character of theirs.
    const length = words.length - 2 + origin.length;
    expect(length).toBeLessThanOrEqual(longestDescription);
    expect(length).toBeGreaterThan(longestDescription - 3);
  });

  it('says how long a text was of which only the beginning was looked at', async () => {
    const { words, cutNote } = noted(await describeTicket(draft({ text: `a\u0000${'b'.repeat(999_998)}` })));
    expect(cutNote).toContain('1000000 characters');
    expect(words.slice(0, 3)).toBe('abb');
    const hidden = noted(await describeTicket(draft({ text: '\u0000'.repeat(200_000) })));
    expect(hidden.words).toMatch(/^Cut here: .*200000 characters/);
  });

  it('keeps a text that just fits whole', async () => {
    const text = 'x'.repeat(32_000);
    expect(noted(await describeTicket(draft({ text })))).toMatchObject({ words: text, cutNote: null });
  });

  it('drops what JSON or Jira refuse, and keeps tabs and line ends', () => {
    expect(printable('a\u0000b\u0007c\td\r\ne\rf\u009b\uFFFE\uD800g😀')).toBe('abc\td\ne\nf\uFFFDg😀');
  });
});

describe('the summary', () => {
  it('is one line of at most 255 characters', () => {
    expect(cleanSummary(' a\nb\t\u0000c ')).toBe('a b c');
    expect(cleanSummary('x'.repeat(300))).toHaveLength(255);
    expect(cleanSummary(`${'x'.repeat(254)}😀`)).toBe('x'.repeat(254));
  });
});

it('a summary turns nothing round where Jira lists it beside others', () => {
  expect(cleanSummary('pay \u202Eecioven\u202C now \u2067x')).toBe('pay ecioven now x');
  expect(cleanSummary('\u202Bהמדפסת\u200F!')).toBe('המדפסת\u200F!');
});

describe('a ticket of a message', () => {
  const url = 'https://acme.slack.com/archives/C1/p1700000000000100?thread_ts=1.0&cid=C1';
  const origin = async (message: IssueDraft['message']) => originOf(draft({ message }));

  it('says who wrote it and where it is, in both dialects, beside who asked', async () => {
    const text = await origin({ author: 'U7', authorName: 'Uma *x* [y|z]', url });
    const adf = JSON.stringify(toAdf(text));
    expect(adf).toContain('Uma *x* [y|z]');
    expect(adf).toContain(JSON.stringify({ type: 'link', attrs: { href: url } }));
    expect(adf).toContain('U7');
    expect(adf).toContain('Asked by');
    const wiki = toWiki(text);
    expect(wiki).toContain('(U7)');
    expect(wiki).toContain(url.split('&')[0]);
    expect(wiki).not.toContain('*x*');
  });

  it('names a program by its name, and none where nobody knows one', async () => {
    expect(JSON.stringify(await origin({ author: null, authorName: 'Grafana', url }))).toContain('Grafana');
    expect(JSON.stringify(await origin({ author: null, authorName: null, url: null }))).toContain('by a program.');
  });
});
