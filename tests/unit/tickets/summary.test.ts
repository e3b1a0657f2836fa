import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarise, summariseMarkup } from '../../../electron/tickets/summary.ts';

describe('summarise', () => {
  it('takes the first line that says something', () => {
    expect(summarise('\n  \n VPN  is\tdown \nsince noon')).toBe('VPN is down');
  });

  it('sees nothing in characters that nobody sees', () => {
    expect(summarise('\u200b\u200d\ufeff \n\u200b')).toBe('');
  });

  it('cuts a long line at a word and says so', () => {
    const summary = summarise('word '.repeat(100));
    expect(summary).toMatch(/^(word )+word…$/);
    expect(summary.length).toBeLessThanOrEqual(255);
    expect(summary.length).toBeGreaterThan(245);
  });

  it('keeps a line of exactly 255 characters whole', () => {
    const line = 'x'.repeat(255);
    expect(summarise(line)).toBe(line);
  });

  it('cuts inside a word that leaves no other choice, but never inside a character', () => {
    expect(summarise(`a${'😀'.repeat(200)}`)).toMatch(/^a(😀)+…$/u);
  });

  it('finds it behind any number of empty lines, and looks no further', () => {
    expect(summarise(`${'\n \u2028'.repeat(300_000)}\u200bVPN   is down\nsince noon`)).toBe('\u200bVPN is down');
    expect(summarise(`VPN${' '.repeat(1_000_000)}is down`)).toBe('VPN');
    expect(summarise('\r'.repeat(1_000_000))).toBe('');
  });

  it('turns nothing round, and leaves right-to-left writing as it is', () => {
    expect(summarise('open \u202Egnp.exe\u202C now')).toBe('open gnp.exe now');
    expect(summarise('המדפסת בקומה 3\u200F!')).toBe('המדפסת בקומה 3\u200F!');
  });

  it('is always one line within the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        const summary = summarise(text);
        expect(summary.length).toBeLessThanOrEqual(255);
        expect(summary).not.toMatch(/[\r\n\u2028\u2029]/);
        expect(summary).toBe(summary.trim());
      }),
    );
  });
});

describe('summariseMarkup', () => {
  const summary = (markup: string) => summariseMarkup(markup, markup);

  it.each([
    ['```\nError: disk full\n```', 'Error: disk full'],
    ['>\n&gt; The VPN drops', 'The VPN drops'],
    ['&gt;&gt;&gt;\nThe VPN drops', 'The VPN drops'],
    ['- The VPN drops\n- and more', 'The VPN drops'],
    ['• \n1. The VPN drops\n2. and more', 'The VPN drops'],
    ['1.\nThe VPN drops', 'The VPN drops'],
    ['1. Stock: Drucker kaputt', '1. Stock: Drucker kaputt'],
    ['3. Etage ohne Strom\n4. Etage auch', '3. Etage ohne Strom'],
    ['2. Stock: Drucker kaputt\nseit heute', '2. Stock: Drucker kaputt'],
    ['Please run ```npm i``` and it fails', 'Please run npm i and it fails'],
    ['Error ```E_4_2``` when *saving*\n```\nx\n``` y ```z```', 'Error E_4_2 when saving'],
    ['```\nx *y*\n``` z ```\nw```', 'x *y*'],
    [':acme-logo: :日本:\nVPN down', 'VPN down'],
    [':acme-logo: VPN down', ':acme-logo: VPN down'],
    [':acme-logo:', ':acme-logo:'],
    ['10:30:45\nVPN down', '10:30:45'],
    ['404', '404'],
    ['*\n---\n_\nThe VPN drops', 'The VPN drops'],
    ['*Bold* _words_ `code` ~gone~ :tada:', 'Bold words code gone 🎉'],
    [':rotating_light: :rotating_light:\nVPN is down', 'VPN is down'],
    ['<https://a.example|the page> for <@U1|Ann Lee> is &lt;gone&gt;', 'the page for @Ann Lee is <gone>'],
    ['*The VPN\ndrops*', '*The VPN'],
    ['???', '???'],
    ['```', '```'],
  ])('takes the first line with words, without its marks: %j', (markup, line) => {
    expect(summary(markup)).toBe(line);
  });

  it('is one line within the limit, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(summary(text).length).toBeLessThanOrEqual(255);
        expect(summary(text)).not.toMatch(/[\r\n\u2028\u2029]/);
      }),
    );
    expect(summary('\n'.repeat(100_000) + '```\n'.repeat(50_000))).toBe('```');
  });
});
