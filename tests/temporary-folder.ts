import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * Path of an empty folder that is gone after the test. A process or a download that ends with the test may still write
 * there meanwhile, so removing is tried again.
 */
export function aTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ticket-agent-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}
