import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { settingsFiles } from '../../../tools/write-settings.ts';

it.each(settingsFiles())('$file is made from its source in shared/', ({ file, text }) => {
  expect(readFileSync(file, 'utf8'), 'Run `npm run settings`.').toBe(text);
});
