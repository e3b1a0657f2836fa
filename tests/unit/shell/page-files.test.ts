import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createPageFiles } from '../../../electron/shell/page-files.ts';
import { aTemporaryFolder } from '../../temporary-folder.ts';

function aPage(folder = aTemporaryFolder()) {
  const renderer = join(folder, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.js'), 'secret');
  writeFileSync(join(renderer, 'index.html'), '<p>page');
  writeFileSync(join(renderer, 'assets', 'index-1.js'), 'script');
  writeFileSync(join(renderer, 'notes.unknown'), 'no kind that a page needs');
  symlinkSync(join(folder, 'secret.js'), join(renderer, 'assets', 'link.js'));
  return createPageFiles(renderer);
}

it('answers with the files of the folder, their types and the policy', async () => {
  const answer = aPage();
  const page = answer('ticket-agent://window/index.html', 'GET');
  expect(await page.text()).toBe('<p>page');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  const script = answer('ticket-agent://window/assets/index-1.js', 'GET');
  expect([await script.text(), script.headers.get('content-type')]).toEqual([
    'script',
    'text/javascript; charset=utf-8',
  ]);
});

it('goes on with the files that were there when it was made', async () => {
  const folder = aTemporaryFolder();
  const answer = aPage(folder);
  rmSync(join(folder, 'renderer'), { recursive: true });
  const script = answer('ticket-agent://window/assets/index-1.js', 'GET');
  expect([script.status, await script.text()]).toEqual([200, 'script']);
});

it.each([
  'ticket-agent://window/',
  'ticket-agent://window/assets',
  'ticket-agent://window/secret.js',
  'ticket-agent://window/../secret.js',
  'ticket-agent://window/%2e%2e/secret.js',
  'ticket-agent://window/..%2fsecret.js',
  'ticket-agent://window/..\\secret.js',
  'ticket-agent://window/assets/link.js',
  'ticket-agent://window/notes.unknown',
  'ticket-agent://window/index.html?x',
  'ticket-agent://elsewhere/index.html',
  'file:///etc/hostname',
])('knows no %s', (address) => {
  expect(aPage()(address, 'GET').status).toBe(404);
});

it('takes no word from the page', () => {
  expect(aPage()('ticket-agent://window/index.html', 'POST').status).toBe(404);
});
