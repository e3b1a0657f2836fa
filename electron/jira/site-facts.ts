import { z } from 'zod';
import type { JiraDeployment } from '../../shared/jira-login.ts';
import { proxyFor } from '../network/proxy.ts';
import { type AnswerBounds, fetchWhole } from '../network/read-body.ts';
import { detectJira } from './api/detection.ts';

const timeoutMs = 8_000;
/** The answer is some hundred bytes. */
const bounds: AnswerBounds = {
  megabytes: 1,
  refuse: (what) => new Error(what),
  redirected: (where) => new Error(where),
};

/** What a site tells anybody; null where it does not. */
export interface SiteFacts {
  deployment: JiraDeployment | null;
  /** Atlassian's id of the site; null where it is not one of Jira Cloud. */
  cloudId: string | null;
}

const tenantSchema = z.object({ cloudId: z.uuid() });

/** Asks without a login, for the words that explain why a login fails. Never rejects. */
export async function readSiteFacts(baseUrl: string): Promise<SiteFacts> {
  const deployment = await detectJira(baseUrl, { timeoutMs }).then(
    (jira) => jira.deployment,
    () => null,
  );
  // Data Center has no such address.
  const tenant = deployment === 'cloud' ? await ask(`${baseUrl}/_edge/tenant_info`) : null;
  return { deployment, cloudId: tenantSchema.safeParse(tenant).data?.cloudId ?? null };
}

async function ask(url: string): Promise<unknown> {
  try {
    const proxy = proxyFor(url, timeoutMs);
    const init = {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(timeoutMs),
      ...(proxy === null ? {} : { dispatcher: proxy }),
    } as const;
    const response = await fetchWhole(url, init, bounds);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
