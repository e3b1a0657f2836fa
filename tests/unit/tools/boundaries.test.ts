import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inPackage, projectDir } from '../../../tools/paths.ts';

const forbidden: [file: string, imported: string][] = [
  ['shared/ticket.ts', '../electron/tickets/ports.ts'],
  ['shared/ticket.ts', 'node:fs'],
  ['renderer/features/tickets/list.tsx', '../../../electron/tickets/ports.ts'],
  ['renderer/app.tsx', 'electron'],
  ['electron/tickets/ticket-service.ts', '../jira/jira-tracker.ts'],
  ['electron/tickets/ticket-service.ts', 'electron'],
  ['electron/jira/jira-tracker.ts', '../log/ticket-log.ts'],
  ['electron/log/ticket-log.ts', '../classifier/prompt.ts'],
  ['electron/classifier/prompt.ts', '../slack/text.ts'],
  ['electron/slack/commands.ts', '../jira/adf.ts'],
  ['electron/slack/commands.ts', 'electron'],
  ['electron/jira/http-client.ts', 'electron-log/main'],
  ['electron/settings/load-settings.ts', 'electron'],
  ['electron/cli/classify.ts', 'electron'],
  ['electron/demo/slack-workspace.ts', '../slack/blocks.ts'],
  ['electron/network/proxy.ts', '../jira/adf.ts'],
  ['electron/shell/tray.ts', '../main.ts'],
  ['electron/shell/tray.ts', '../slack/slack-connection.ts'],
  ['electron/ipc/handlers.ts', '../program.ts'],
  ['electron/ipc/handlers.ts', '../demo/demo-mode.ts'],
  ['electron/ipc/handlers.ts', '../jira/jira-tracker.ts'],
  ['electron/program.ts', './main.ts'],
  ['tests/unit/slack/text.test.ts', '../../../electron/main.ts'],
];
const allowed: [file: string, imported: string][] = [
  ['shared/ticket.ts', 'zod'],
  ['shared/ticket.ts', './labels.ts'],
  ['renderer/features/tickets/list.tsx', '../../../shared/ticket.ts'],
  ['electron/tickets/ticket-service.ts', '../../shared/errors.ts'],
  ['electron/jira/jira-tracker.ts', '../tickets/ports.ts'],
  ['electron/classifier/builtin-classifier.ts', '../../models/builtin.json'],
  ['electron/slack/commands.ts', '../tickets/ticket-service.ts'],
  ['electron/settings/secret-store.ts', 'electron'],
  ['electron/settings/setting-rules.ts', '../network/loopback.ts'],
  ['electron/ipc/handlers.ts', '../tickets/ports.ts'],
  ['electron/ipc/register.ts', 'electron'],
  ['electron/shell/tray.ts', '../../shared/ipc.ts'],
  ['electron/demo/slack-workspace.ts', 'ws'],
  ['electron/main.ts', './jira/jira-tracker.ts'],
];

/** Each file with what it imports, an import a line. */
const files = new Map<string, string[]>();
for (const [file, imported] of [...forbidden, ...allowed]) files.set(file, [...(files.get(file) ?? []), imported]);
const place = (file: string, imported: string) => `${file}:${1 + (files.get(file) ?? []).indexOf(imported)}`;

let folder: string;
/** `file:line` of each import that the linter refuses, under our own configuration. */
let refused: string[];

beforeAll(() => {
  folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'boundaries-'));
  copyFileSync(path.join(projectDir, 'biome.json'), path.join(folder, 'biome.json'));
  for (const [file, imports] of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), imports.map((imported) => `import '${imported}';\n`).join(''));
  }
  const biome = inPackage('@biomejs/biome', 'bin', 'biome');
  const options = [
    '--only=style/noRestrictedImports',
    '--reporter=github',
    '--vcs-enabled=false',
    '--max-diagnostics=none',
  ];
  const run = spawnSync(process.execPath, [biome, 'lint', ...options], { cwd: folder, encoding: 'utf8' });
  const found = run.stdout.matchAll(/noRestrictedImports,file=([^,]+),line=(\d+)/g);
  refused = [...found].map(([, file = '', line]) => `${path.relative(folder, path.resolve(folder, file))}:${line}`);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the linter keeps the direction of imports', () => {
  it.each(forbidden)('%s may not import %s', (file, imported) => {
    expect(refused).toContain(place(file, imported));
  });

  it.each(allowed)('%s may import %s', (file, imported) => {
    expect(refused).not.toContain(place(file, imported));
  });
});
