import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'results-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** `statuses` of the tests in a file of vitest's JSON report. */
function testFile(name: string, statuses: string[], status = statuses.includes('failed') ? 'failed' : 'passed') {
  return {
    name: `/home/ada/project/tests/${name}`,
    status,
    assertionResults: statuses.map((each) => ({ status: each })),
  };
}

/** What is printed and the exit status, for these files, or for no report at all. */
function count(files: object[] | null, code = 0) {
  const file = path.join(folder, files === null ? 'missing.json' : 'results.json');
  if (files !== null) writeFileSync(file, JSON.stringify({ testResults: files }));
  const script = path.resolve(import.meta.dirname, '../../../tools/count-results.mjs');
  const { stdout, status } = spawnSync(process.execPath, [script, file, String(code)], { encoding: 'utf8' });
  return { lastLine: stdout.trimEnd().split('\n').at(-1), stdout, status };
}

const unit = testFile('unit/a.test.ts', ['passed', 'passed', 'pending']);
const e2e = testFile('e2e/b.test.ts', ['passed']);

describe('count-results', () => {
  it('ends with the number of tests passed, failed and skipped', () => {
    expect(count([unit, e2e])).toMatchObject({ lastLine: '3 passed, 0 failed, 1 skipped', status: 0 });
    const failed = testFile('unit/c.test.ts', ['failed', 'passed']);
    expect(count([e2e, failed], 1)).toMatchObject({ lastLine: '2 passed, 1 failed', status: 1 });
  });

  it('counts e2e tests that did not run as a failure, whatever else failed', () => {
    expect(count([unit])).toMatchObject({ lastLine: '2 passed, 1 failed, 1 skipped', status: 1 });
    expect(count([unit]).stdout).toContain('e2e tests did not run');
    const failed = testFile('unit/c.test.ts', ['failed']);
    expect(count([unit, failed], 1)).toMatchObject({ lastLine: '2 passed, 2 failed, 1 skipped', status: 1 });
  });

  it('counts a file that cannot be loaded as a failure', () => {
    expect(count([e2e, testFile('unit/d.test.ts', [], 'failed')], 1).lastLine).toBe('1 passed, 1 failed');
  });

  it('fails where the commands failed although no test did, or no test ran', () => {
    expect(count([unit, e2e], 137)).toMatchObject({ lastLine: '3 passed, 1 failed, 1 skipped', status: 1 });
    expect(count(null, 1)).toMatchObject({ lastLine: '0 passed, 1 failed', status: 1 });
    expect(count([], 0)).toMatchObject({ lastLine: '0 passed, 0 failed', status: 1 });
  });
});
