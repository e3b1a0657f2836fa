import { expect, it, onTestFinished } from 'vitest';
import { createJiraPart } from '../../../electron/app/jira-part.ts';
import { createJiraSite } from '../../../stand-ins/jira/site.ts';
import { dataCenters } from '../../contract/data-centers.ts';
import { settingsWith } from '../../fakes/settings.ts';
import { scriptedSeal } from '../jira/scripted-jira.ts';

it('counts what Data Center is asked for key by key as one request of a ticket, which may make few', async () => {
  const site = await createJiraSite({ ...dataCenters.forgetful, indexLagMs: 600_000 });
  const { baseUrl: JIRA_BASE_URL, apiToken: JIRA_API_TOKEN } = site;
  const settings = settingsWith({ JIRA_BASE_URL, JIRA_API_TOKEN, JIRA_PROJECT_KEY: 'KAN' });
  let counted = 0;
  const part = createJiraPart(settings.jira, {
    async beforeRequest() {
      counted += 1;
    },
    send: (request) => request(),
    seal: scriptedSeal,
    probeDelayMs: () => 1_000,
    refusal: () => null,
    onState() {},
    onBack() {},
  });
  onTestFinished(async () => {
    part.stop();
    await site.close();
  });
  const receivedAt = new Date().toISOString();
  const sent = { site: site.baseUrl, project: 'KAN', anchorKey: 'KAN-0', lookUntil: receivedAt };
  const asked = { requestId: 'a'.repeat(32), receivedAt, project: 'KAN', sent };
  expect(await part.tracker.findCreated(asked)).toEqual({ issue: null, isCertain: true });
  expect(site.requests.length).toBeGreaterThan(50);
  expect(counted).toBeLessThanOrEqual(5);
});
