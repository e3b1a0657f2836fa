import { expect, it } from 'vitest';
import { writtenPath } from '../../../electron/files/written-path.ts';

it.each([
  ['~', '/home/ann'],
  ['~/a b.gguf', '/home/ann/a b.gguf'],
  ['~ann/a', '/home/ann/a'],
  ['$HOME/a', '/home/ann/a'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as it is written in a shell
  ['${HOME}/a', '/home/ann/a'],
  ['%USERPROFILE%/a', '/home/ann/a'],
  ['file:///srv/a%20b%23.gguf', '/srv/a b#.gguf'],
  ['file:///srv/a b#c?.gguf', '/srv/a b#c?.gguf'],
  ['file://localhost/srv/a', '/srv/a'],
  ['file:///srv/100%', '/srv/100%'],
  ['file://~/a', '/home/ann/a'],
  ['file:///~/a%20b', '/home/ann/a b'],
  ['file:///~ann/a', '/home/ann/a'],
  ['file:~/a%20b', '/home/ann/a b'],
  ['file:///$HOME/a', '/home/ann/a'],
  ['file://$HOME/a', '/home/ann/a'],
  ['file:///%HOME%/a', '/home/ann/a'],
  ['file:/srv/a', '/srv/a'],
  ['file:models/a', 'models/a'],
  ['file:///', '/'],
  ['file:///~bob/a', '/~bob/a'],
  ['file:', 'file:'],
  ['"/srv/a b"', '/srv/a b'],
  ["  '~/a' ", '/home/ann/a'],
  ['/srv/$HOME/~', '/srv/$HOME/~'],
  ['~bob/a', '~bob/a'],
  ['$HOMER/a', '$HOMER/a'],
  ['models/a.gguf', 'models/a.gguf'],
])('takes %s for %s', (written, path) => expect(writtenPath(written, '/home/ann', 'linux')).toBe(path));

it.each([
  ['%USERPROFILE%\\a', 'C:\\Users\\ann\\a'],
  ['~\\a', 'C:\\Users\\ann\\a'],
  ['file:///~/a', 'C:\\Users\\ann/a'],
  ['file:D:/a', 'D:/a'],
  ['file:///D:/models/a%20b.gguf', 'D:\\models\\a b.gguf'],
  ['"C:\\models\\a"', 'C:\\models\\a'],
])('takes %s for %s on Windows', (written, path) => {
  expect(writtenPath(written, 'C:\\Users\\ann', 'win32')).toBe(path);
});
