// npm run screenshots: photographs the real app in every state, and renews the pictures that the documents show.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from './paths.ts';

/** Pictures that the README and the documents show. All others stay where git ignores them. */
const shown = [
  'demo-approved-900-light',
  'demo-filed-420-dark',
  'demo-thread-900-light',
  'demo-form-420-dark',
  'demo-home-900-light',
  'guide-doors-900-light',
  'guide-2-900-dark',
  'guide-4-420-light',
  'tickets-all-900-light',
  'tickets-all-420-light',
  'tickets-empty-900-light',
  'ticket-rejected-900-light',
  'ticket-rejected-420-dark',
  'ticket-failed-900-dark',
  'tickets-unfinished-900-light',
  'ticket-unconfirmed-900-dark',
  'ticket-fix-420-light',
  'model-loaded-900-light',
  'model-tried-900-dark',
  'model-files-900-light',
  'model-offers-900-light',
  'model-download-420-dark',
  'settings-tested-900-light',
  'settings-data-center-900-light',
  'settings-openai-900-dark',
  'settings-behaviour-420-light',
  'settings-your-desktop-900-light',
  'status-first-900-light',
  'status-error-900-dark',
  'status-paused-420-light',
  'shortcuts-900-light',
];

const taken = path.join(projectDir, 'tests', 'e2e', 'output');
const kept = path.join(projectDir, 'docs', 'screenshots');

const test = spawn(process.execPath, [path.join(import.meta.dirname, 'test.ts'), '--project', 'e2e', 'pages'], {
  stdio: 'inherit',
});
const [code] = await once(test, 'exit');
if (code !== 0) throw new Error('The pages are not in order, so the pictures were not renewed.');
rmSync(kept, { recursive: true, force: true });
mkdirSync(kept, { recursive: true });
for (const name of shown) copyFileSync(path.join(taken, `${name}.png`), path.join(kept, `${name}.png`));
console.log(
  `${shown.length} pictures in ${path.relative(projectDir, kept)}, all of them in ${path.relative(projectDir, taken)}.`,
);
