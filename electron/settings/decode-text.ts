/** What stands at 0x80 to 0x9f of Windows-1252; the rest is Latin-1. https://encoding.spec.whatwg.org/index-windows-1252.txt */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const settingLine = /^[ \t]{0,40}(?:export[ \t]{1,40})?[A-Za-z_]\w{0,99}[ \t]{0,40}[=:]/m;

/**
 * The text of a file that a person wrote with any editor: UTF-8, UTF-16 as Windows writes it, with a byte order mark or
 * without, and line by line Windows-1252 where a line is no UTF-8.
 */
export function decodeText(bytes: Buffer): string {
  const wide = utf16Of(bytes);
  if (wide !== null) return new TextDecoder(wide).decode(bytes);
  const lines: string[] = [];
  for (let from = 0; from <= bytes.length; ) {
    const end = bytes.indexOf(0x0a, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end);
    lines.push(decodeLine(line));
    from = end === -1 ? bytes.length + 1 : end + 1;
  }
  return lines.join('\n').replace(/^\uFEFF/, '');
}

function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // Without a mark: names of settings are ASCII, so that every second byte of most characters is 0.
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const most = bytes.length / 4;
  if (odd > most && even < odd / 4) return 'utf-16le';
  if (even > most && odd < even / 4) return 'utf-16be';
  if (even + odd === 0) return null;
  // Comments may be in a script whose letters have no 0; the names are ASCII all the same.
  const isRight = (wide: string) => settingLine.test(new TextDecoder(wide).decode(bytes));
  if (isRight('utf-16le')) return 'utf-16le';
  return isRight('utf-16be') ? 'utf-16be' : null;
}

function decodeLine(line: Buffer): string {
  const text = line.toString('utf8');
  if (!text.includes('\uFFFD') || Buffer.from(text, 'utf8').equals(line)) return text;
  return line
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (letter) => windows1252[letter.charCodeAt(0) - 0x80] ?? '');
}
