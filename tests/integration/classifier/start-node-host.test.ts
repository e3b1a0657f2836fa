import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startNodeHost } from '../../../electron/cli/start-node-host.ts';

it.runIf(process.platform === 'linux')('the process of a model is told no tokens', () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const name of ['JIRA_API_TOKEN', 'SLACK_BOT_TOKEN', 'OPENAI_API_KEY']) vi.stubEnv(name, 'a-token');
  vi.stubEnv('ELECTRON_RUN_AS_NODE', 'foreign');
  const host = startNodeHost({ OWN: 'own' });
  onTestFinished(host.kill);
  const environment = readFileSync(`/proc/${host.pid}/environ`, 'utf8');
  expect(environment).toContain('OWN=own');
  expect(environment).not.toMatch(/a-token|foreign/);
});
